import type { OwnerSession } from '#lib/db/owner-session.ts';
import type { TextMap } from '#lib/inventory/model.ts';

/** A namespace as a manifest has it; `id` is that of the namespace in facts. */
export type NamespaceObject = {
  readonly id: string;
  readonly name: string;
  readonly labels: TextMap;
  readonly uid: string | null;
};

/**
 * Keeps the labels of namespaces. One that comes with another uid was made anew: what was recorded until
 * `at` was the former one's. A manifest without uid, as repositories have them, leaves that as it is.
 * Answers how many are other than before.
 */
export async function recordNamespaces(
  session: OwnerSession,
  cluster: string,
  namespaces: readonly NamespaceObject[],
  at: Date,
): Promise<number> {
  const values = [cluster, JSON.stringify(namespaces)];
  // Asked first: a statement moves the version though it changes no row, and every scope is resolved anew.
  const [row] = await session.ask<{ count: number }>(
    `/* flowloom:changed-namespaces */ SELECT count(*)::int AS count FROM (${changed}) c`,
    values,
  );
  if (row === undefined || row.count === 0) return 0;
  return await session.change(
    `/* flowloom:record-namespaces */ INSERT INTO access_namespace AS a (id, cluster, name, labels, uid)
     ${changed}
     ON CONFLICT (id) DO UPDATE SET labels = EXCLUDED.labels, uid = coalesce(EXCLUDED.uid, a.uid),
       since = CASE WHEN a.uid <> EXCLUDED.uid THEN $3 ELSE a.since END`,
    [...values, at],
  );
}

const changed = `SELECT g.id, $1, g.name, g.labels, g.uid
  FROM jsonb_to_recordset($2) AS g (id BIGINT, name TEXT, labels JSONB, uid TEXT)
  LEFT JOIN access_namespace k ON k.id = g.id
  WHERE k.id IS NULL OR k.labels <> g.labels OR (g.uid IS NOT NULL AND k.uid IS DISTINCT FROM g.uid)`;
