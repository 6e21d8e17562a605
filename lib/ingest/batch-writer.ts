import type { Pool, PoolClient } from 'pg';

import type { SourceKind } from '#lib/flows/flow-record.ts';

import type { Batch } from './batch.ts';
import { sourceKindCode } from './codes.ts';
import type { Dimensions, Memory } from './dimensions.ts';
import type { Ceilings } from './fold-newcomers.ts';
import { guardCardinality } from './guard-cardinality.ts';
import type { ByteRange } from './ledger.ts';
import { createNames } from './names.ts';
import { daysOf, ensurePartitions } from './partitions.ts';
import { writeBatch } from './write-batch.ts';
import { writeDimensions } from './write-dimensions.ts';

export type BatchWriterOptions = {
  readonly pool: Pool;
  readonly dimensions: Dimensions;
  readonly source: string;
  readonly identity: string | null;
  readonly lockName: string | null;
  readonly namedCluster: string | null;
  readonly run: string;
  readonly onCommitted?: (batch: Batch, format: SourceKind | null) => void;
  /** The batch whose rejected lines these were. */
  readonly retryOf?: string;
  readonly beforeCommit?: (client: PoolClient) => Promise<void>;
  readonly ceilings?: Ceilings;
};

export type BatchPlace = {
  readonly range: ByteRange | null;
  readonly lines: { readonly from: number; readonly to: number };
  readonly sourceKind: SourceKind | null;
};

export type BatchWriter = {
  readonly add: (batch: Batch, place: BatchPlace) => void;
  /** Waits until so few batches are under way that one more may be read. */
  readonly flush: () => Promise<void>;
  readonly finish: () => Promise<void>;
  /** Waits for what is under way and answers why it stopped: the first failure, else `error`. */
  readonly abandon: (error: unknown) => Promise<unknown>;
};

// One is written while the next is filled; one more hides the time between two transactions.
const MOST_UNDER_WAY = 2;

const UNNAMED = 'default';

// Each time maintenance or a purge would have to come between again.
const MOST_TRIES = 10;

type Waiting = { readonly batch: Batch; readonly place: BatchPlace; readonly memory: Memory };

/** Writes batches one after the other, in the order in which they came, beside the reading of the next. */
export function createBatchWriter(options: BatchWriterOptions): BatchWriter {
  const { pool, namedCluster, dimensions } = options;
  const names = createNames(pool, dimensions);
  const known = new Set<string>();
  const waiting: Waiting[] = [];
  const underWay: Promise<void>[] = [];
  let last: Promise<void> = Promise.resolve();
  let failure: { readonly error: unknown } | null = null;

  function start(next: Waiting): void {
    const before = last;
    const written = write(next, before).catch((error: unknown) => {
      failure ??= { error };
    });
    last = written;
    underWay.push(written);
  }

  async function write({ batch, place, memory }: Waiting, before: Promise<void>): Promise<void> {
    const cluster = namedCluster ?? mostFrequent(batch.clusters) ?? UNNAMED;
    const collector = {
      cluster,
      sourceKind: place.sourceKind === null ? 0 : sourceKindCode[place.sourceKind],
    };
    const days = daysOf(batch);
    await ensurePartitions(pool, days, known);
    await names.removals();
    const { folds, counts } = await guardCardinality(pool, batch, collector, before, options.ceilings);
    await writeDimensions(pool, batch.dimensions, { collector, folded: counts });
    await before;
    // A batch after one that failed would leave a gap that looks like an end.
    if (failure !== null) return;
    const { source, identity, run, retryOf = null } = options;
    const entry = { run, namedCluster, cluster, source, identity, retryOf, ...place };
    const { lockName, beforeCommit = async () => {} } = options;
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const ground = { removals: await names.removals(), sinceMs: memory.sinceMs };
      const written = await writeBatch(pool, batch, folds, entry, { ...ground, lockName, beforeCommit });
      if (written === 'written') {
        options.onCommitted?.(batch, place.sourceKind);
        return;
      }
      // A drop takes the labels of its days along, so that names are written again then too.
      known.clear();
      await ensurePartitions(pool, days, known);
      await names.restore(memory, batch.dimensions);
    }
    throw new Error(
      `${source}: maintenance took away ${MOST_TRIES} times what a batch needs; ingest it again`,
    );
  }

  async function flush(): Promise<void> {
    while (waiting.length > 0) {
      if (underWay.length >= MOST_UNDER_WAY) await underWay.shift();
      if (failure !== null) throw failure.error;
      const next = waiting.shift();
      if (next !== undefined) start(next);
    }
  }

  async function finish(): Promise<void> {
    await flush();
    await Promise.all(underWay);
    if (failure !== null) throw failure.error;
  }

  async function abandon(error: unknown): Promise<unknown> {
    await Promise.all(underWay);
    return failure?.error ?? error;
  }

  function add(batch: Batch, place: BatchPlace): void {
    waiting.push({ batch, place, memory: dimensions.memory() });
  }

  return { add, flush, finish, abandon };
}

function mostFrequent(counts: ReadonlyMap<string, number>): string | null {
  let found: string | null = null;
  let most = 0;
  for (const [name, count] of counts) {
    if (count < most || (count === most && found !== null && found < name)) continue;
    found = name;
    most = count;
  }
  return found;
}
