import type { SourcedStatement } from '#lib/access/binding.ts';
import { wholeEstate } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { TextMap } from '#lib/inventory/model.ts';

/** What tells that something concerning access has changed: what was said, or which namespaces there are. */
export type AccessMark = {
  readonly version: string;
  /** How many namespaces flows name, and all their ids taken together. */
  readonly namespaces: string;
  /** Clusters that flows were ingested for. */
  readonly clusters: readonly string[];
};

// Hashed, because ids themselves cancel out: 2 and 4 together are as 3 and 5 together.
// The clusters by one step each through the index of the ledger, which may be long.
const mark = `v.version::text AS version,
  (SELECT count(*) || ':' || coalesce(bit_xor(hashint8extended(id, 0)), 0) FROM namespace) AS namespaces,
  ARRAY(WITH RECURSIVE named AS (
      SELECT min(named_cluster) AS name FROM ingest_batch
      UNION ALL
      SELECT (SELECT min(b.named_cluster) FROM ingest_batch b WHERE b.named_cluster > named.name)
      FROM named WHERE named.name IS NOT NULL)
    SELECT name FROM named WHERE name <> '') AS clusters`;

// Access is decided before there is a scope to ask with.
const scope = wholeEstate();

/** Asked with every request, so that what was taken away is gone with the next one. */
export async function accessMark(reader: Reader): Promise<AccessMark> {
  const text = `SELECT ${mark} FROM access_version v`;
  const [row] = await reader.ask<AccessMark>(scope, { name: 'access-mark', text, values: [] });
  return row ?? missing();
}

export type NamespaceRow = {
  readonly id: string;
  readonly cluster: string;
  readonly name: string;
  readonly labels: TextMap | null;
  readonly sinceMs: number | null;
};

export type AccessState = AccessMark & {
  /** Null where the version is the one that is known already. */
  readonly statements: readonly SourcedStatement[] | null;
  readonly known: readonly NamespaceRow[];
};

/** Everything that access is decided by, as it was at one moment: in one statement, so in one snapshot. */
export async function accessState(reader: Reader, knownVersion: string | null): Promise<AccessState> {
  const [row] = await reader.ask<AccessState>(scope, {
    name: 'access-state',
    text: `SELECT ${mark},
      CASE WHEN v.version = $1::bigint THEN NULL ELSE (
        SELECT coalesce(json_agg(json_build_object('kind', kind, 'content', content, 'source', json_build_object(
          'kind', source_kind, 'cluster', nullif(source_cluster, ''), 'name', source_name))
          ORDER BY applied_at, source_kind, source_cluster, source_name, kind, namespace, name), '[]')
        FROM access_statement) END AS statements,
      (SELECT coalesce(json_agg(json_build_object('id', coalesce(n.id, a.id)::text,
          'cluster', coalesce(n.cluster, a.cluster), 'name', coalesce(n.name, a.name), 'labels', a.labels,
          'sinceMs', floor(extract(epoch FROM a.since) * 1000))), '[]')
        FROM namespace n FULL JOIN access_namespace a USING (id)) AS known
      FROM access_version v`,
    values: [knownVersion],
  });
  return row ?? missing();
}

function missing(): never {
  throw new Error(
    'access_version has no row: restore it with INSERT INTO access_version (version) VALUES (1)',
  );
}
