import type { Pool } from 'pg';
import type { IngestResult } from '#lib/contracts/ingest.ts';
import { keptUntilMs, type Retention } from '#lib/kit/retention.ts';

/** Until when what was accepted stays; see the contract. */
export async function keptUntil(
  pool: Pool,
  { span, clusters }: Pick<IngestResult, 'span' | 'clusters'>,
  nowMs: number,
  retention: Retention,
): Promise<Pick<IngestResult, 'keptUntil'>> {
  if (span === undefined) return {};
  const { rows } = await pool.query<{ all_kept: boolean }>(
    '/* ingest: kept clusters */ SELECT $1::text[] <@ ARRAY(SELECT name FROM kept_cluster) AS all_kept',
    [clusters ?? []],
  );
  if (rows[0]?.all_kept) return { keptUntil: null };
  const { flowsMs, countsMs } = keptUntilMs(Date.parse(span.from), nowMs, retention);
  return { keptUntil: { flows: new Date(flowsMs).toISOString(), counts: new Date(countsMs).toISOString() } };
}
