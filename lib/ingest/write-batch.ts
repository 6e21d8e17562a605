import type { Pool, PoolClient } from 'pg';

import type { Batch } from './batch.ts';
import { holdForBatch } from './committed.ts';
import { copyFlows } from './copy-flows.ts';
import { countPackets } from './count-packets.ts';
import { writeAddresses } from './external-addresses.ts';
import type { Folds } from './fold.ts';
import { type BatchEntry, writeLedger } from './ledger.ts';
import { inTransaction } from './transaction.ts';
import { writeNodes } from './write-nodes.ts';
import { writeRollups, writeSources } from './write-rollups.ts';

const DAY_MS = 86_400_000;

/**
 * Everything of a batch but its dimensions, in one transaction: raw flows, counters, packets seen,
 * rejected lines and the ledger's row. Whatever ends it before the commit leaves nothing of it behind.
 */
export async function writeBatch(
  pool: Pool,
  batch: Batch,
  folds: Folds,
  entry: BatchEntry,
  {
    lockName,
    beforeCommit,
  }: {
    readonly lockName: string | null;
    readonly beforeCommit: (client: PoolClient) => Promise<void>;
  },
): Promise<void> {
  await inTransaction(pool, async (client) => {
    if (lockName !== null) await holdForBatch(client, lockName);
    await planForFewRows(client);
    if (batch.counts.accepted > 0) {
      await copyFlows(client, batch, folds);
      const changes = await countPackets(client, batch);
      await writeRollups(client, [...batch.cells, ...changes], batch.traces);
      await writeAddresses(client, batch.addresses);
    }
    await writeSources(client, batch.sources);
    await writeLedger(client, batch, entry, await writeNodes(client, batch.sources));
    await beforeCommit(client);
  });
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

/**
 * Partitions are made outside of the batch's transaction: making one locks the whole table, and nobody
 * may hold that lock while rows stream in. `known` spares the question for days met before.
 */
export async function ensurePartitions(
  pool: Pool,
  days: Iterable<number>,
  known: Set<number>,
): Promise<void> {
  for (const day of [...days].sort((a, b) => a - b)) {
    if (known.has(day)) continue;
    await pool.query('SELECT ensure_flow_partition($1::date)', [
      new Date(day * DAY_MS).toISOString().slice(0, 10),
    ]);
    known.add(day);
  }
}
