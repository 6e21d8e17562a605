import type { ClientBase, Pool } from 'pg';

import type { Batch } from './batch.ts';

const DAY_MS = 86_400_000;
const MINUTES_A_DAY = 1440;

/** The UTC days that a batch writes into, as `2026-05-01`, in order. */
export function daysOf({ days, sources }: Pick<Batch, 'days' | 'sources'>): readonly string[] {
  const all = new Set(days);
  // Lost events belong to the record before them, which an earlier batch may hold.
  for (const cells of sources.values()) {
    for (const { minute } of cells.values()) all.add(Math.floor(minute / MINUTES_A_DAY));
  }
  return [...all].sort((a, b) => a - b).map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10));
}

/**
 * Makes the partitions that maintenance has not made. Outside of the batch's transaction: nobody may hold
 * the lock on their making while rows stream in. `known` spares the question for days met before. The days
 * are noted first: a partition of long ago that is empty yet would be taken for one whose age is over.
 */
export async function ensurePartitions(
  pool: Pool,
  days: readonly string[],
  known: Set<string>,
): Promise<void> {
  const unknown = days.filter((day) => !known.has(day));
  if (unknown.length > 0) await noteIngest(pool, unknown);
  for (const day of unknown) {
    await pool.query('/* ingest: partitions */ SELECT ensure_partitions($1::date)', [day]);
    known.add(day);
  }
}

/**
 * Notes when rows of these days came last, from which their age runs. Last of all in a transaction, and
 * only where the note is older than five minutes: writers would wait for each other on the row of today.
 */
export async function noteIngest(client: ClientBase | Pool, days: readonly string[]): Promise<void> {
  await client.query(
    `/* ingest: last ingest */
    INSERT INTO ingest_day AS old (day, last_ingest)
    SELECT day, now() FROM unnest($1::date[]) AS new(day)
    WHERE NOT EXISTS (SELECT FROM ingest_day AS known
      WHERE known.day = new.day AND known.last_ingest > now() - interval '5 minutes')
    ORDER BY day
    ON CONFLICT (day) DO UPDATE SET last_ingest = greatest(old.last_ingest, EXCLUDED.last_ingest)`,
    [days],
  );
}
