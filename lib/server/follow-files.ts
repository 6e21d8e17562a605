import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type { FollowResult } from '#lib/contracts/ingest.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { Batch } from '#lib/ingest/batch.ts';
import { isPassingFailure } from '#lib/ingest/follow-failures.ts';
import { openFollowLocks } from '#lib/ingest/follow-locks.ts';
import { createFollowSession, type FollowDatabase } from '#lib/ingest/follow-session.ts';
import type { Progress } from '#lib/ingest/stream-options.ts';
import { writerPools } from '#lib/ingest/writer-pool.ts';
import { describeLoss } from './describe-loss.ts';
import { type FollowedPath, followPath } from './follow-path.ts';

export type FollowFilesOptions = {
  readonly files: readonly string[];
  /** Where to write; asked again whenever the database went away. */
  readonly writerUrl: () => Promise<string>;
  readonly run: string;
  readonly namedCluster: string | null;
  readonly format: SourceKind | 'auto';
  readonly stop: AbortSignal;
  /** Why the database is away, where the caller knows better than the error says. */
  readonly reasonOf?: (error: unknown) => Promise<unknown>;
  /** What a person who looks on should know. */
  readonly note: (text: string) => void;
  readonly onProgress?: (progress: Progress) => void;
  readonly pollMs?: number;
  readonly settleMs?: number;
  readonly drainMs?: number;
  readonly batchRecords?: number;
  readonly beforeCommit?: () => Promise<void>;
};

const POLL_MS = 250;
const SETTLE_MS = 1_000;
const DRAIN_MS = 5_000;
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

/**
 * Reads what is written to files, whoever rotates them how, until it is asked to stop; each record counts
 * once, also when this was killed and starts again. Answers what was done.
 */
export async function followFiles(options: FollowFilesOptions): Promise<FollowResult> {
  const startedMs = performance.now();
  const totals = createTotals(options);
  const database = createDatabase(options);
  const failed = new AbortController();
  const stop = AbortSignal.any([options.stop, failed.signal]);
  let parts = 0;
  const paths = options.files.map((file) => {
    const name = path.resolve(file);
    return followPath({
      path: name,
      namedCluster: options.namedCluster,
      note: options.note,
      onGap: totals.gap,
      session: (source) =>
        createFollowSession({
          source,
          name,
          run: options.run,
          namedCluster: options.namedCluster,
          format: options.format,
          nextPart: () => ++parts,
          now: Date.now,
          settleMs: options.settleMs ?? SETTLE_MS,
          drainMs: options.drainMs ?? DRAIN_MS,
          batchRecords: options.batchRecords,
          onCommitted: totals.committed,
          onDuplicates: totals.duplicates,
          onRead: totals.read,
          beforeCommit: options.beforeCommit ?? (async () => {}),
        }),
    });
  });

  async function keepUp(followed: FollowedPath): Promise<void> {
    try {
      while (!stop.aborted) {
        await followed.look();
        const state = await database.use(followed.work);
        if (state !== 'more') await pauseUnless(stop, options.pollMs ?? POLL_MS);
      }
    } catch (error) {
      failed.abort();
      throw error;
    }
  }

  try {
    const ends = await Promise.allSettled(paths.map(keepUp));
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
    for (const followed of paths) await database.use(followed.settle);
  } finally {
    for (const followed of paths) await followed.close();
    await database.close();
  }
  return totals.result(Math.round(performance.now() - startedMs) / 1000);
}

const goesOn = {
  full: 'and reading goes on by itself: nothing is lost or counted twice',
  away: 'does not take what is read',
  otherwise:
    'trying again until it does; see that it runs and can be reached. Nothing is lost or counted twice',
};

/** Lends the database while it is there; `null` is answered while it is not. */
function createDatabase({ writerUrl, note, reasonOf = async (error) => error }: FollowFilesOptions) {
  let current: Promise<FollowDatabase> | null = null;
  let pauseMs = 0;
  let retryAtMs = 0;

  async function connect(): Promise<FollowDatabase> {
    const { writers: pool, locks } = writerPools(await writerUrl());
    return { pool, locks: await openFollowLocks(locks) };
  }

  async function use<T>(work: (database: FollowDatabase) => Promise<T>): Promise<T | null> {
    if (current === null && Date.now() < retryAtMs) return null;
    current ??= connect();
    const mine = current;
    try {
      const done = await work(await mine);
      if (pauseMs > 0) note('Postgres answers again: reading on');
      pauseMs = 0;
      return done;
    } catch (error) {
      if (!isPassingFailure(error)) throw error;
      await letGo(mine, error);
      return null;
    }
  }

  async function letGo(failed: Promise<FollowDatabase>, error: Error): Promise<void> {
    if (current !== failed) return;
    current = null;
    const isFirst = pauseMs === 0;
    pauseMs = Math.min(Math.max(pauseMs * 2, FIRST_PAUSE_MS), LONGEST_PAUSE_MS);
    retryAtMs = Date.now() + pauseMs;
    if (isFirst) note(describeLoss(await reasonOf(error), goesOn));
    await failed.then(
      ({ locks }) => locks.close(),
      () => undefined,
    );
  }

  async function close(): Promise<void> {
    await current?.then(
      ({ locks }) => locks.close(),
      () => undefined,
    );
  }

  return { use, close };
}

/** What was committed, which after a failure is less than what was read. */
function createTotals({ note, onProgress }: FollowFilesOptions) {
  const counts = { accepted: 0, rejected: 0, ignored: 0, duplicates: 0, batches: 0 };
  const reasons = new Map<string, number>();
  const formats = new Set<string>();
  const gaps: string[] = [];
  let bytes = 0;

  function show(): void {
    const { accepted, rejected, ignored, duplicates } = counts;
    onProgress?.({ bytes, records: accepted + rejected + ignored + duplicates });
  }

  return {
    committed: (batch: Batch, format: SourceKind | null): void => {
      counts.accepted += batch.counts.accepted;
      counts.rejected += batch.counts.rejected;
      counts.ignored += batch.counts.ignored;
      counts.batches += 1;
      for (const [reason, count] of batch.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
      if (format !== null) formats.add(format);
      show();
    },
    duplicates: (count: number): void => {
      counts.duplicates += count;
    },
    read: (count: number): void => {
      bytes += count;
      show();
    },
    gap: (text: string): void => {
      gaps.push(text);
      note(text);
    },
    result: (seconds: number): FollowResult => ({
      ...counts,
      reasons: Object.fromEntries(reasons),
      format: formats.size === 0 ? null : [...formats].join(','),
      seconds,
      gaps,
    }),
  };
}

async function pauseUnless(stop: AbortSignal, ms: number): Promise<void> {
  await pause(ms, undefined, { signal: stop }).catch(() => undefined);
}
