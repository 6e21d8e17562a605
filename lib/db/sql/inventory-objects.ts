import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { Parameters } from './parameters.ts';
import { parameters } from './parameters.ts';

/** An object as it was from `validFrom` on; null `validTo`: as it is. */
export type InventoryRow = {
  readonly cluster: string;
  readonly apiGroup: string;
  readonly kind: string;
  /** '' for an object of the whole cluster. */
  readonly namespace: string;
  readonly name: string;
  readonly uid: string | null;
  readonly validFrom: Date;
  readonly validTo: Date | null;
  readonly document: Readonly<Record<string, unknown>>;
  readonly file: string;
  readonly documentNumber: number;
  readonly line: number;
  readonly path: string;
};

/** What an object is known by, in the order of pages. */
export type InventoryPosition = readonly [
  cluster: string,
  apiGroup: string,
  kind: string,
  namespace: string,
  name: string,
];

export type InventoryQuestion = {
  readonly cluster: string | null;
  readonly kind: string | null;
  readonly namespace: string | null;
  /** Words of lib/inventory/model.ts; null is all. */
  readonly types: readonly string[] | null;
  /** null: as it is. */
  readonly at: Date | null;
  readonly after: InventoryPosition | null;
  readonly limit: number | null;
};

export const everyObject: InventoryQuestion = {
  cluster: null,
  kind: null,
  namespace: null,
  types: null,
  at: null,
  after: null,
  limit: null,
};

/** The objects that there were at a time, by cluster, group, kind, namespace and name. */
export async function inventoryObjects(
  reader: Reader,
  scope: Scope,
  { cluster, kind, namespace, types, at, after, limit }: InventoryQuestion,
): Promise<readonly InventoryRow[]> {
  const params = parameters();
  const { add, values } = params;
  const conditions = [inventoryScope(scope, params)];
  if (cluster !== null) conditions.push(`cluster = ${add(cluster)}`);
  if (kind !== null) conditions.push(`kind = ${add(kind)}`);
  // A Namespace is shown with what is in it.
  if (namespace !== null) {
    const name = add(namespace);
    conditions.push(`(namespace = ${name} OR (type = 'namespace' AND name = ${name}))`);
  }
  if (types !== null) conditions.push(`type = ANY(${add([...types])}::text[])`);
  if (after !== null) {
    conditions.push(`(cluster, api_group, kind, namespace, name) > (${after.map(add).join(', ')})`);
  }
  conditions.push(isValidAt(at, params));
  return reader.ask<InventoryRow>(scope, {
    name: 'inventory-objects',
    text: `
      SELECT cluster, api_group AS "apiGroup", kind, namespace, name, uid, valid_from AS "validFrom",
        valid_to AS "validTo", document, file, document_number AS "documentNumber", line, path
      FROM inventory_object WHERE ${conditions.join(' AND ')}
      ORDER BY cluster, api_group, kind, namespace, name ${limit === null ? '' : `LIMIT ${add(limit)}`}`,
    values,
  });
}

/** The first wall: what is in a namespace in scope, and in a cluster in scope all there is. */
export function inventoryScope(scope: Scope, { add }: Parameters): string {
  if (scope.isEstate) return 'TRUE';
  const clusters = add([...scope.clusters]);
  const ids = add(scope.namespaceIds.map(String));
  const parts = [`cluster = ANY(${clusters}::text[])`, `namespace_id = ANY(${ids}::bigint[])`];
  for (const { id, sinceMs } of scope.namespacesSince) {
    const from = add(new Date(sinceMs));
    parts.push(`(namespace_id = ${add(String(id))} AND coalesce(valid_to, 'infinity') > ${from})`);
  }
  return `(${parts.join(' OR ')})`;
}

function isValidAt(at: Date | null, { add }: Parameters): string {
  if (at === null) return 'valid_to IS NULL';
  const instant = add(at);
  return `valid_from <= ${instant} AND (valid_to IS NULL OR valid_to > ${instant})`;
}
