import { clustersInLedger } from '#lib/ingest/committed.ts';
import { writerPools } from '#lib/ingest/writer-pool.ts';

/** True where demo data is all that was ever ingested. */
export async function holdsOnlyDemo(writerUrl: string, demoCluster: string): Promise<boolean> {
  const clusters = await clustersInLedger(writerPools(writerUrl).writers);
  return clusters.length === 1 && clusters[0] === demoCluster;
}
