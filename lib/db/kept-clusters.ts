import type { OwnerSession } from '#lib/db/owner-session.ts';

export type ClusterKeeping = { readonly name: string; readonly keptSince: Date | null };

/** Every cluster that names or keeping know, by name. */
export async function listKeeping(session: OwnerSession): Promise<readonly ClusterKeeping[]> {
  return session.ask<ClusterKeeping>(
    `/* flowloom:clusters-kept */ SELECT name, max(kept_since) AS "keptSince" FROM (
       SELECT DISTINCT cluster AS name, NULL::timestamptz AS kept_since FROM endpoint
       UNION ALL SELECT name, kept_since FROM kept_cluster) AS known
     GROUP BY 1 ORDER BY 1`,
  );
}

/** From now on retention leaves the cluster's rows. False where it was kept already. */
export async function keepCluster(session: OwnerSession, name: string): Promise<boolean> {
  return (
    (await session.change(
      '/* flowloom:keep */ INSERT INTO kept_cluster (name) VALUES ($1) ON CONFLICT DO NOTHING',
      [name],
    )) > 0
  );
}

/** The cluster's rows have an age again. False where it was not kept. */
export async function releaseCluster(session: OwnerSession, name: string): Promise<boolean> {
  return (
    (await session.change('/* flowloom:release */ DELETE FROM kept_cluster WHERE name = $1', [name])) > 0
  );
}
