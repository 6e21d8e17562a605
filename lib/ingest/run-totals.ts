import type { Pool } from 'pg';

import type { IngestResult } from '#lib/contracts/ingest.ts';
import { withClient } from '#lib/db/with-client.ts';

/** What one run has committed of one input, in however many attempts. */
export async function runTotals(
  asks: Pool,
  run: string,
  source: string,
): Promise<Pick<IngestResult, 'accepted' | 'rejected' | 'ignored' | 'batches' | 'reasons'>> {
  const { rows } = await withClient(asks, (client) =>
    client.query<{ accepted: number; rejected: number; ignored: number; reasons: Record<string, number> }>(
      '/* ingest: totals of a run */ SELECT accepted, rejected, ignored, reasons FROM ingest_batch WHERE run = $1 AND source = $2',
      [run, source],
    ),
  );
  const totals = { accepted: 0, rejected: 0, ignored: 0, batches: rows.length };
  const reasons: Record<string, number> = {};
  for (const row of rows) {
    totals.accepted += row.accepted;
    totals.rejected += row.rejected;
    totals.ignored += row.ignored;
    for (const [reason, count] of Object.entries(row.reasons))
      reasons[reason] = (reasons[reason] ?? 0) + count;
  }
  return { ...totals, reasons };
}
