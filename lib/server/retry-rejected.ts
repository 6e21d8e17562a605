import type { Scope } from '#lib/access/scope.ts';
import type { Retried } from '#lib/contracts/rejected.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { RejectedFilter } from '#lib/db/sql/rejected-filter.ts';
import { rejectedPlaces } from '#lib/db/sql/rejected-places.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import { retryRejected as retryBatch } from '#lib/ingest/retry-rejected.ts';
import { newRun } from './ingest-run.ts';

export type RetryRejectedOptions = {
  readonly writerUrl: string;
  readonly reader: Reader;
  readonly scope: Scope;
  readonly filter: RejectedFilter;
  /** null: each batch as it was read before. */
  readonly format: SourceKind | null;
  readonly nowMs: number;
  readonly beforeCommit?: () => Promise<void>;
};

/**
 * Takes the kept lines that the filter means through ingest again, batch by batch, each in a transaction of
 * its own: an interrupted retry is repeated as it was.
 */
export async function retryRejected(options: RetryRejectedOptions): Promise<Retried> {
  const { reader, scope, filter, writerUrl, format, nowMs } = options;
  const places = await rejectedPlaces(reader, scope, filter);
  const run = newRun();
  const total = { tried: 0, accepted: 0, ignored: 0, rejected: 0 };
  const reasons = new Map<string, number>();
  for (const { batch, lines } of places.batches) {
    const beforeCommit = options.beforeCommit === undefined ? {} : { beforeCommit: options.beforeCommit };
    const done = await retryBatch({ writerUrl, batch, lines, format, run, nowMs, ...beforeCommit });
    total.accepted += done.accepted;
    total.ignored += done.ignored;
    total.rejected += done.rejected;
    for (const [reason, count] of done.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
  }
  total.tried = total.accepted + total.ignored + total.rejected;
  return { ...total, left: places.left, reasons: Object.fromEntries(reasons) };
}
