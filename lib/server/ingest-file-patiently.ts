import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { IngestResult } from '#lib/contracts/ingest.ts';
import { isDatabaseAway } from '#lib/db/database-away.ts';
import { runTotals } from '#lib/ingest/run-totals.ts';
import { writerPools } from '#lib/ingest/writer-pool.ts';
import { describeLoss } from './describe-loss.ts';
import { type IngestFileOptions, ingestFile } from './ingest-file.ts';

export type PatientOptions = Omit<IngestFileOptions, 'writerUrl' | 'part'> & {
  /** Where to write; asked again whenever the database went away. */
  readonly writerUrl: () => Promise<string>;
  /** Why the database is away, where the caller knows better than the error says. */
  readonly reasonOf?: (error: unknown) => Promise<unknown>;
  /** Told to a person. */
  readonly note: (text: string) => void;
  /** So long without any progress, and it gives up. Default: two minutes. */
  readonly mostQuietMs?: number;
  readonly pauseMs?: number;
};

const MOST_QUIET_MS = 120_000;
const PAUSE_MS = 1_000;

/**
 * Ingests a file, and waits where Postgres goes away: what it had committed by then is found again, and the
 * rest is added. Throws what stood in the way when nothing went on for too long.
 */
export async function ingestFilePatiently(options: PatientOptions): Promise<IngestResult> {
  const { note, mostQuietMs = MOST_QUIET_MS, pauseMs = PAUSE_MS } = options;
  const { reasonOf = async (error: unknown) => error } = options;
  let progressedMs = performance.now();
  let isWaiting = false;
  for (let part = 0; ; part += 1) {
    try {
      const writerUrl = await options.writerUrl();
      const result = await ingestFile({
        ...options,
        writerUrl,
        part,
        onProgress: (progress) => {
          progressedMs = performance.now();
          if (isWaiting) note('Postgres is back.');
          isWaiting = false;
          options.onProgress?.(progress);
        },
      });
      return part === 0 ? result : await ofAllAttempts(writerUrl, options, result);
    } catch (error) {
      if (!isDatabaseAway(error) || performance.now() - progressedMs > mostQuietMs) throw error;
      if (!isWaiting) note(describeWait(await reasonOf(error), mostQuietMs));
      isWaiting = true;
      await pause(pauseMs);
    }
  }
}

/** The last attempt met as already there what the earlier ones had committed. */
async function ofAllAttempts(
  writerUrl: string,
  { run, file }: Pick<PatientOptions, 'run' | 'file'>,
  last: IngestResult,
): Promise<IngestResult> {
  const totals = await runTotals(writerPools(writerUrl).asks, run, path.resolve(file));
  const offered = last.accepted + last.rejected + last.ignored + last.duplicates;
  return {
    ...last,
    ...totals,
    duplicates: Math.max(0, offered - totals.accepted - totals.rejected - totals.ignored),
  };
}

function describeWait(error: unknown, mostQuietMs: number): string {
  const limit = `${mostQuietMs / 1000} s`;
  return describeLoss(error, {
    full: `and this goes on. Waiting up to ${limit} for it.`,
    away: 'does not answer',
    otherwise: `waiting up to ${limit} for it.`,
  });
}
