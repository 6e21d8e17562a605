import type { ClusterList } from '#lib/contracts/graph.ts';

/** The cluster ingested last is what someone who just ingested wants to see. */
export function newestCluster(
  clusters: ClusterList['clusters'],
): ClusterList['clusters'][number] | undefined {
  return clusters.toSorted((a, b) => Date.parse(b.lastIngestAt) - Date.parse(a.lastIngestAt))[0];
}
