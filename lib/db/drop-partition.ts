import { setTimeout as pause } from 'node:timers/promises';
import type { OwnerSession } from '#lib/db/owner-session.ts';
import type { Retention } from '#lib/kit/retention.ts';
import { duePartitions, type Partition } from './partitions.ts';

/**
 * `dropped`: it is gone; `cleared`: only what the kept clusters have in it is left; `young`: something came
 * into it meanwhile; `busy`: it was in use all the time, the next turn tries again.
 */
export type Dropping = 'dropped' | 'cleared' | 'young' | 'busy';

// Under the second after which Postgres looks for deadlocks: whoever ingests or reads is never the victim,
// and nobody waits behind this longer than that.
const LOCK_TIMEOUT_MS = 800;
const MOST_TRIES = 10;
const PAUSE_MS = 300;

/**
 * Drops a partition whose age is over. Batches take the whole table first, so that none is between looking
 * for its partitions and writing into them when the lock is had; what they noted of their days is seen then.
 */
export async function dropPartition(
  session: OwnerSession,
  partition: Partition,
  retention: Retention,
  mostTries = MOST_TRIES,
): Promise<Dropping> {
  for (let tries = 1; tries <= mostTries; tries += 1) {
    try {
      return (await holdsKept(session, partition))
        ? await clear(session, partition, retention)
        : await drop(session, partition, retention);
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
    }
    if (tries < mostTries) await pause(PAUSE_MS);
  }
  return 'busy';
}

async function drop(session: OwnerSession, partition: Partition, retention: Retention): Promise<Dropping> {
  return await session.inTransaction(async () => {
    await session.change(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    await session.change(`/* flowloom:drop */ LOCK TABLE ONLY ${partition.parent} IN ACCESS EXCLUSIVE MODE`);
    if ((await duePartitions(session, retention, partition.name)).length === 0) return 'young';
    // A cluster that is kept since a moment ago, or rows of one that came late.
    if (await holdsKept(session, partition)) return 'young';
    await remember(session, partition);
    await session.change(`/* flowloom:drop */ DROP TABLE ${partition.name}`);
    return 'dropped';
  });
}

async function clear(session: OwnerSession, partition: Partition, retention: Retention): Promise<Dropping> {
  return await session.inTransaction(async () => {
    await session.change(`SET LOCAL lock_timeout = ${LOCK_TIMEOUT_MS}`);
    // Only this partition: batches of other days go on.
    await session.change(`/* flowloom:clear */ LOCK TABLE ${partition.name} IN SHARE ROW EXCLUSIVE MODE`);
    if ((await duePartitions(session, retention, partition.name)).length === 0) return 'young';
    await session.change(
      `/* flowloom:clear */ DELETE FROM ${partition.name} AS fact WHERE NOT (${isKeptSql(partition)})`,
    );
    await remember(session, partition);
    return 'cleared';
  });
}

async function holdsKept(session: OwnerSession, partition: Partition): Promise<boolean> {
  const rows = await session.ask<{ found: boolean }>(
    `/* flowloom:kept */ SELECT EXISTS (SELECT FROM kept_cluster)
       AND EXISTS (SELECT FROM ${partition.name} AS fact WHERE ${isKeptSql(partition)}) AS found`,
  );
  return rows[0]?.found ?? false;
}

/** A fact belongs to the clusters of both its ends. */
function isKeptSql({ parent }: Partition): string {
  if (parent === 'source_1m' || parent === 'batch_source')
    return 'fact.cluster IN (SELECT name FROM kept_cluster)';
  return `fact.channel IN (SELECT channel.id FROM channel JOIN endpoint ON endpoint.id IN (channel.source, channel.destination)
    WHERE endpoint.cluster IN (SELECT name FROM kept_cluster))`;
}

async function remember(session: OwnerSession, { parent, from, to }: Partition): Promise<void> {
  await session.change(
    `/* flowloom:dropped */ INSERT INTO dropped_partition (parent, from_at, to_at, dropped_at, kept)
     VALUES ($1, $2, $3, clock_timestamp(), ARRAY(SELECT name FROM kept_cluster ORDER BY 1))
     ON CONFLICT (parent, from_at) DO UPDATE SET dropped_at = EXCLUDED.dropped_at, kept = EXCLUDED.kept`,
    [parent, from, to],
  );
}

function isLockTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '55P03';
}
