import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { inventoryScope } from './inventory-objects.ts';
import { parameters } from './parameters.ts';

export type NamespaceRow = {
  readonly cluster: string;
  readonly name: string;
  /** As flows have it. */
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly owner: string | null;
  readonly contact: string | null;
  readonly uid: string | null;
  readonly validFrom: Date;
  readonly createdAt: Date | null;
  /** When the last namespace of the name that had another uid was there last; null where none is known. */
  readonly formerTo: Date | null;
};

/** The namespaces that there are now, by cluster and name. */
export async function currentNamespaces(reader: Reader, scope: Scope): Promise<readonly NamespaceRow[]> {
  const params = parameters();
  const text = `
    WITH seen AS (
      SELECT * FROM inventory_object WHERE type = 'namespace' AND ${inventoryScope(scope, params)}
    ), former AS (
      SELECT now.cluster, now.name, max(old.valid_to) AS ended
      FROM seen AS now JOIN seen AS old ON old.cluster = now.cluster AND old.name = now.name AND old.uid <> now.uid
      WHERE now.valid_to IS NULL AND old.valid_to IS NOT NULL GROUP BY 1, 2
    )
    SELECT seen.cluster, seen.name, seen.namespace_id AS id, seen.document -> 'labels' AS labels,
      seen.document ->> 'owner' AS owner, seen.document ->> 'contact' AS contact, seen.uid,
      seen.valid_from AS "validFrom", seen.created_at AS "createdAt", former.ended AS "formerTo"
    FROM seen LEFT JOIN former ON former.cluster = seen.cluster AND former.name = seen.name
    WHERE seen.valid_to IS NULL ORDER BY seen.cluster, seen.name`;
  return reader.ask<NamespaceRow>(scope, { name: 'namespaces', text, values: params.values });
}

export type NamespaceVersion = {
  readonly uid: string | null;
  readonly createdAt: Date | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
};

/** Everything that is known of a namespace's name, the oldest first. */
export async function namespaceVersions(
  reader: Reader,
  scope: Scope,
  cluster: string,
  name: string,
): Promise<readonly NamespaceVersion[]> {
  const params = parameters();
  const { add, values } = params;
  return reader.ask<NamespaceVersion>(scope, {
    name: 'namespace-versions',
    text: `
      SELECT uid, created_at AS "createdAt", valid_from AS "validFrom", valid_to AS "validTo" FROM inventory_object
      WHERE type = 'namespace' AND cluster = ${add(cluster)} AND name = ${add(name)} AND ${inventoryScope(scope, params)}
      ORDER BY valid_from`,
    values,
  });
}
