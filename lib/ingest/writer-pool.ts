import pg from 'pg';

import { type Patience, promptClient } from '#lib/db/prompt-client.ts';
import { watchPool } from '#lib/telemetry/metrics.ts';

/**
 * Connections of the writer role, three pools per database and process. Only lib/ingest may have them: facts
 * and ledger are exact because one place commits them together.
 *
 * An input that counts once holds one connection for its lock from its first byte to its last, and needs
 * others to write. From one pool, as many inputs as it has connections would wait for each other for ever.
 */
export type WriterPools = {
  /** For writing: held for one transaction. */
  readonly writers: pg.Pool;
  /** For the locks of inputs: held for as long as an input takes; the rest wait their turn. */
  readonly locks: pg.Pool;
  /** For questions that a caller waits for before it may send anything: whoever waits long is refused. */
  readonly asks: pg.Pool;
};

const known = new Map<string, WriterPools>();

// One writes, one records dimensions; a few inputs at once share them.
const MOST_WRITERS = 8;
const MOST_LOCKS = 12;
const MOST_ASKS = 4;

const CONNECT_MS = 5_000;

// The longest statement of a batch takes a second or two, and with every writer of a cluster waiting for the
// one before it not much longer.
const QUIET_MS = 30_000;

const usual: Patience = { connectMs: CONNECT_MS, quietMs: QUIET_MS };
const brief: Patience = { connectMs: CONNECT_MS, quietMs: CONNECT_MS };

export function writerPools(writerUrl: string): WriterPools {
  const open = known.get(writerUrl);
  if (open !== undefined) return open;
  const pools = {
    writers: openPool(writerUrl, MOST_WRITERS, usual),
    locks: openPool(writerUrl, MOST_LOCKS, usual),
    // The pool's own limit counts the time in its queue too.
    asks: openPool(writerUrl, MOST_ASKS, brief, { connectionTimeoutMillis: CONNECT_MS }),
  };
  watchPool('write', pools.writers);
  watchPool('lock', pools.locks);
  watchPool('ask', pools.asks);
  known.set(writerUrl, pools);
  return pools;
}

/** Commands end by it; the server keeps its pools. */
export async function closeWriterPools(writerUrl: string): Promise<void> {
  const pools = known.get(writerUrl);
  known.delete(writerUrl);
  await Promise.all([pools?.writers.end(), pools?.locks.end(), pools?.asks.end()]);
}

function openPool(
  connectionString: string,
  max: number,
  patience: Patience,
  more: pg.PoolConfig = {},
): pg.Pool {
  const pool = new pg.Pool({
    connectionString,
    max,
    idleTimeoutMillis: 10_000,
    application_name: 'flowloom ingest',
    keepAlive: true,
    // What a process that is gone has left open keeps its locks no longer than this.
    idle_in_transaction_session_timeout: 60_000,
    Client: promptClient(patience),
    ...more,
  });
  // An idle connection that breaks is replaced by the next one asked for; nothing of ours is lost.
  pool.on('error', () => {});
  return pool;
}
