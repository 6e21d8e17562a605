import type { ClusterList } from '#lib/contracts/graph.ts';

/** The cluster ingested last is what someone who just ingested wants to see. */
export function newestCluster(
  clusters: ClusterList['clusters'],
): ClusterList['clusters'][number] | undefined {
  return clusters.toSorted((a, b) => Date.parse(b.lastIngestAt) - Date.parse(a.lastIngestAt))[0];
}

/** The cluster that an address asks for, null for the newest; undefined where there is no such cluster. */
export function shownCluster(
  clusters: ClusterList['clusters'],
  asked: string | null,
): ClusterList['clusters'][number] | undefined {
  return asked === null ? newestCluster(clusters) : clusters.find(({ name }) => name === asked);
}
