import type { Scope } from '#lib/access/scope.ts';
import type { ClusterList } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { clusters } from '#lib/db/sql/clusters.ts';

/** The clusters there is something to see of, the one ingested last first. */
export async function listClusters(reader: Reader, scope: Scope): Promise<ClusterList> {
  const rows = await clusters(reader, scope);
  return {
    clusters: rows.map(({ name, firstFlowAt, lastFlowAt, lastIngestAt }) => ({
      name,
      isDemo: name === 'demo',
      firstFlowAt: firstFlowAt.toISOString(),
      lastFlowAt: lastFlowAt.toISOString(),
      lastIngestAt: lastIngestAt.toISOString(),
    })),
  };
}
