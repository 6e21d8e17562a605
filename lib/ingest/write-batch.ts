import type { Pool, PoolClient } from 'pg';

import type { Batch } from './batch.ts';
import { holdForBatch } from './committed.ts';
import { copyFlows } from './copy-flows.ts';
import { countPackets } from './count-packets.ts';
import { writeAddresses } from './external-addresses.ts';
import type { Folds } from './fold.ts';
import { type BatchEntry, writeLedger } from './ledger.ts';
import { daysOf, noteIngest } from './partitions.ts';
import { inTransaction } from './transaction.ts';
import { writeLatencies } from './write-latencies.ts';
import { writeNodes } from './write-nodes.ts';
import { writeRollups, writeSources } from './write-rollups.ts';

/** What a batch stands on. */
export type Ground = {
  /** The lock of an input that counts once. */
  readonly lockName: string | null;
  /** Names as of so many removals, remembered since then. */
  readonly removals: string;
  readonly sinceMs: number;
  readonly beforeCommit: (client: PoolClient) => Promise<void>;
};

export type Written = 'written' | 'partition-missing' | 'names-removed';

// Removal waits two days after the last writing of a name, which is at most half a day before the memory.
const LONGEST_MEMORY_MS = 24 * 3_600_000;

/**
 * Everything of a batch but its dimensions, in one transaction: raw flows, counters, packets seen,
 * rejected lines and the ledger's row. Whatever ends it before the commit leaves nothing of it behind.
 * Answers with nothing written where maintenance or a purge took away what the batch stands on.
 */
export async function writeBatch(
  pool: Pool,
  batch: Batch,
  folds: Folds,
  entry: BatchEntry,
  ground: Ground,
): Promise<Written> {
  const days = daysOf(batch);
  return await inTransaction(pool, async (client) => {
    if (ground.lockName !== null) await holdForBatch(client, ground.lockName);
    const removals = await holdPartitions(client, days);
    if (removals === null) return 'partition-missing';
    if (removals !== ground.removals || Date.now() - ground.sinceMs > LONGEST_MEMORY_MS)
      return 'names-removed';
    await planForFewRows(client);
    if (batch.counts.accepted > 0) {
      await copyFlows(client, batch, folds);
      const changes = await countPackets(client, batch);
      await writeRollups(client, [...batch.cells, ...changes], batch.traces);
      await writeLatencies(client, batch.cells);
      await writeAddresses(client, batch.addresses);
    }
    await writeSources(client, batch.id, batch.sources);
    await writeLedger(client, batch, entry, await writeNodes(client, batch.sources));
    await noteIngest(client, days);
    await ground.beforeCommit(client);
    return 'written';
  });
}

async function holdPartitions(client: PoolClient, days: readonly string[]): Promise<string | null> {
  const { rows } = await client.query<{ removals: string | null }>(
    '/* ingest: hold partitions */ SELECT hold_partitions($1::date[]) AS removals',
    [days],
  );
  return rows[0]?.removals ?? null;
}

/**
 * Lookups go by primary key. Right after a bulk load the planner knows nothing of the tables yet and would
 * read all of packet_seen for each batch.
 */
async function planForFewRows(client: PoolClient): Promise<void> {
  await client.query(
    'SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off; SET LOCAL jit = off',
  );
}
