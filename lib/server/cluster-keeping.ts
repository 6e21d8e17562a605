import { keepCluster, listKeeping, releaseCluster } from '#lib/db/kept-clusters.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';

/** `keptSince` is ISO 8601, null for a cluster whose rows age. */
export type ClusterKeepings = {
  readonly clusters: readonly { readonly name: string; readonly keptSince: string | null }[];
};

export type KeepingChange = {
  readonly cluster: string;
  readonly result: 'kept' | 'released' | 'unchanged' | 'unknown-cluster';
};

/** The clusters there are, by name. */
export async function listKeepings(urls: Pick<DatabaseUrls, 'owner'>): Promise<ClusterKeepings> {
  const rows = await asOwner(urls.owner, listKeeping);
  return {
    clusters: rows.map(({ name, keptSince }) => ({ name, keptSince: keptSince?.toISOString() ?? null })),
  };
}

/** Keeps a cluster for good, or lets it age again. */
export async function setKeeping(
  urls: Pick<DatabaseUrls, 'owner'>,
  cluster: string,
  isKept: boolean,
): Promise<KeepingChange> {
  return asOwner(urls.owner, async (session) => {
    const known = await listKeeping(session);
    if (!known.some(({ name }) => name === cluster)) return { cluster, result: 'unknown-cluster' };
    const isChanged = isKept ? await keepCluster(session, cluster) : await releaseCluster(session, cluster);
    if (!isChanged) return { cluster, result: 'unchanged' };
    return { cluster, result: isKept ? 'kept' : 'released' };
  });
}
