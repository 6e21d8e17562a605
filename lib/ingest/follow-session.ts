import type { Pool } from 'pg';

import type { SourceKind } from '#lib/flows/flow-record.ts';

import type { Batch } from './batch.ts';
import {
  FINGERPRINT_BYTES,
  fileLockName,
  fingerprintOf,
  hasLockName,
  rangesOfFile,
  verifiedSpans,
  verifiedSpansOfCopy,
  waitForOrphans,
} from './committed.ts';
import { BrokenCompression } from './decompress.ts';
import type { FollowLocks } from './follow-locks.ts';
import type { FollowSource } from './follow-source.ts';
import { type InventoryLookup, inventoryLookup } from './inventory-lookup.ts';
import { createStreamReader } from './stream-reader.ts';

/** One connection to a database that may go away and come back as another one. */
export type FollowDatabase = { readonly pool: Pool; readonly locks: FollowLocks };

export type FollowSessionOptions = {
  readonly source: FollowSource;
  /** What its batches are said to come from. */
  readonly name: string;
  readonly run: string;
  readonly namedCluster: string | null;
  readonly format: SourceKind | 'auto';
  readonly nextPart: () => number;
  readonly now: () => number;
  readonly settleMs: number;
  /** So long a file that was rotated away must be silent before its last line counts as its last. */
  readonly drainMs: number;
  readonly batchRecords: number | undefined;
  readonly onCommitted: (batch: Batch, format: SourceKind | null) => void;
  readonly onDuplicates: (count: number) => void;
  readonly onRead: (bytes: number) => void;
  readonly beforeCommit: () => Promise<void>;
};

/**
 * `more`: there is more to read at once. `waiting`: all that is there was read, but not all is committed.
 * `idle`: it is. `here` and `elsewhere`: who else reads this content. `over`: nothing can come any more.
 */
export type SessionState = 'more' | 'waiting' | 'idle' | 'here' | 'elsewhere' | 'over';

export type FollowSession = ReturnType<typeof createFollowSession>;

// Between two of these the path is looked at again: a rotation must not be missed behind a long backlog.
const SLICE_BYTES = 8 << 20;

// Pods come and go while a log is followed for days.
const INVENTORY_REFRESH_MS = 60_000;

type Attached = {
  readonly database: FollowDatabase;
  readonly lock: string;
  readonly reader: ReturnType<typeof createStreamReader>;
  readonly inventory: InventoryLookup;
};

/**
 * Reads one content, from its first byte that is not committed to its last. It survives the database: what
 * was read and not committed when that went away is read again.
 */
export function createFollowSession(options: FollowSessionOptions) {
  const { source, now } = options;
  let attached: Attached | null = null;
  let attachedBefore = false;
  let isRotated = false;
  let isGone = false;
  let readTo = 0;
  let grewAt = now();
  let settledAt = now();
  let refreshedAt = now();

  /** Takes what is there. Throws what the database throws; `detach` and try again. */
  async function step(database: FollowDatabase): Promise<SessionState> {
    if (attached !== null && attached.database !== database) detach();
    if (isGone) return await close();
    if (attached === null) {
      const state = await attach(database);
      if (state !== 'taken') return state;
    }
    const { reader, inventory } = attached ?? unattached();
    await keepCurrent(inventory);
    reader.atTime(now());
    const reached = await read(reader);
    if (reached === 'over') return await close();
    if (reader.hasUncommitted() && (isRotated || now() - settledAt >= options.settleMs)) {
      await reader.settle();
      settledAt = now();
    }
    if (reached === 'more') return 'more';
    if (isRotated && now() - grewAt >= options.drainMs) {
      await reader.end(null);
      return await close();
    }
    return reader.hasUncommitted() ? 'waiting' : 'idle';
  }

  async function keepCurrent(inventory: InventoryLookup): Promise<void> {
    if (now() - refreshedAt < INVENTORY_REFRESH_MS) return;
    await inventory.refresh();
    refreshedAt = now();
  }

  async function read(reader: Attached['reader']): Promise<'more' | 'end' | 'over'> {
    for (let bytes = 0; bytes < SLICE_BYTES; ) {
      const chunk = await nextOf(reader);
      if (chunk === 'over') return 'over';
      // What was cut off is found out again by whoever looks at the path.
      if (chunk === 'more' || chunk === 'truncated') return 'end';
      bytes += chunk.length;
      readTo = Math.max(readTo, reader.progress().bytes + chunk.length);
      grewAt = now();
      reader.push(chunk);
      await reader.flush();
      if (!attachedBefore) options.onRead(chunk.length);
    }
    return 'more';
  }

  async function nextOf(reader: Attached['reader']): Promise<Buffer | 'more' | 'over' | 'truncated'> {
    try {
      const chunk = await source.next();
      if (chunk === 'over') await reader.end(null);
      return chunk;
    } catch (error) {
      if (!(error instanceof BrokenCompression)) throw error;
      await reader.end(error);
      return 'over';
    }
  }

  async function attach(database: FollowDatabase): Promise<'taken' | SessionState> {
    const head = await source.head();
    const isLast = isRotated && now() - grewAt >= options.drainMs;
    if (head.length === 0 && isLast) return await close();
    // The lock must not depend on how much of the first line is written yet.
    if (!hasLockName(head) && head.length < FINGERPRINT_BYTES && !isLast) return 'idle';
    const { locks, pool } = database;
    const lock = fileLockName(options.namedCluster, head);
    const taken = await locks.take(lock);
    if (taken !== 'taken') return taken;
    await waitForOrphans(locks.client, lock);
    const ranges = await rangesOfFile(locks.client, options.namedCluster, head);
    const verify = isRotated ? verifiedSpansOfCopy : verifiedSpans;
    const committed = ranges.length === 0 ? [] : await verify(source.whole(), ranges);
    source.rewind();
    const inventory = await inventoryLookup(pool, options.namedCluster);
    refreshedAt = now();
    const reader = createStreamReader({
      inventory: inventory.options,
      pool,
      chunks: none(),
      source: options.name,
      identity: fingerprintOf(head),
      lockName: lock,
      namedCluster: options.namedCluster,
      format: options.format,
      run: options.run,
      part: options.nextPart(),
      nowMs: now(),
      committed,
      promised: [],
      ...(options.batchRecords === undefined ? {} : { batchRecords: options.batchRecords }),
      onCommitted: options.onCommitted,
      beforeCommit: async () => {
        await options.beforeCommit();
        locks.mustHold();
      },
    });
    attached = { database, lock, reader, inventory };
    return 'taken';
  }

  /** Forgets what is not committed: it will be read again. */
  function detach(): void {
    if (attached === null) return;
    // A second reading in this process meets what the first one has committed.
    if (!attachedBefore) options.onDuplicates(attached.reader.totals().duplicates);
    attachedBefore = true;
    attached = null;
  }

  async function close(): Promise<'over'> {
    if (attached !== null) {
      const { reader, lock, database } = attached;
      await reader.settle();
      detach();
      await database.locks.release(lock);
    }
    await source.close();
    return 'over';
  }

  return {
    source,
    step,
    /** Commits what was read, before this process ends. */
    settle: async (): Promise<void> => {
      await attached?.reader.settle();
      detach();
    },
    /** No new lines are expected: it was moved away, or is what something else left behind. */
    rotate: (): void => {
      isRotated = true;
      grewAt = now();
    },
    /** What was not read of it cannot be read any more: only what was is to be committed. */
    giveUp: (): void => {
      isGone = true;
    },
    /** False after `giveUp`: whoever finds the file may read it anew. */
    isReading: (): boolean => !isGone,
    readTo: (): number => readTo,
  };
}

function unattached(): never {
  throw new Error('a session reads only while it is attached');
}

async function* none(): AsyncGenerator<Buffer> {}
