import type { ClientBase } from 'pg';
import { dayMs, hourMs } from '#lib/kit/window.ts';

import { latencyTables } from './latency-cells.ts';
import {
  changeRollups,
  deleteRaw,
  keepWritersOut,
  packetChanges,
  type Selection,
  takeBack,
} from './take-back.ts';
import type { TraceCells } from './trace-cells.ts';

/** What of one UTC day is purged: the channels of the temporary table `doomed_channel`, up to before `toMs`. */
export type DayPurge = {
  readonly dayStartMs: number;
  /** At most the day's end. */
  readonly toMs: number;
  /** What the collectors of this cluster delivered goes too; null: it stays. */
  readonly sourcesOf: string | null;
  /** Of a part of a day: from what the rest can be counted. */
  readonly countedFrom: 'raw' | '1h';
};

/**
 * Purges a day at every grain in the caller's transaction. Minutes, hours and days nest in it, so that
 * their sums agree after every such transaction, wherever a purge is interrupted. Answers how many raw
 * flows are gone.
 */
export async function purgeDay(client: ClientBase, purge: DayPurge): Promise<number> {
  await keepWritersOut(client);
  const { dayStartMs, toMs, sourcesOf } = purge;
  const isWhole = toMs === dayStartMs + dayMs;
  const flows =
    isWhole || purge.countedFrom === '1h' ? await deleteSums(client, purge) : await subtract(client, purge);
  if (sourcesOf !== null) {
    for (const table of ['source_1m', 'source_node_10m', 'batch_source']) {
      await client.query(
        `/* purge: sources */ DELETE FROM ${table} WHERE cluster = $3 AND bucket >= $1 AND bucket < $2`,
        [new Date(dayStartMs), new Date(toMs), sourcesOf],
      );
    }
  }
  return flows;
}

const isDoomed = { sql: 'channel IN (SELECT id FROM doomed_channel)', values: [] } as const;

/** Hour by hour, for the packets of all of them might not fit into memory. */
async function subtract(client: ClientBase, { dayStartMs, toMs }: DayPurge): Promise<number> {
  let flows = 0;
  for (let fromMs = dayStartMs; fromMs < toMs; fromMs += hourMs) {
    flows += await takeBack(client, { ...isDoomed, fromMs, toMs: Math.min(fromMs + hourMs, toMs) });
  }
  return flows;
}

async function deleteSums(client: ClientBase, { dayStartMs, toMs }: DayPurge): Promise<number> {
  const selection: Selection = { ...isDoomed, fromMs: dayStartMs, toMs };
  const traces: TraceCells = new Map();
  // Packets of other channels, and those just after, may count now that these are gone.
  const changes = await packetChanges(client, selection, traces, 'others');
  const flows = await deleteRaw(client, selection);
  for (const table of ['channel_1m', 'channel_1h', 'channel_trace_1h', 'channel_1d', ...latencyTables]) {
    await client.query(
      `/* purge: ${table} */ DELETE FROM ${table} WHERE ${isDoomed.sql} AND bucket >= $1 AND bucket < $2`,
      [new Date(dayStartMs), new Date(toMs)],
    );
  }
  // Addresses are kept by the day: of one that is cut nobody knows them any more, and they go.
  await client.query(
    `/* purge: addresses */ DELETE FROM external_address
    WHERE ${isDoomed.sql} AND day = ($1::timestamptz AT TIME ZONE 'UTC')::date`,
    [new Date(dayStartMs)],
  );
  if (toMs < dayStartMs + dayMs) await countDayAgain(client, dayStartMs);
  await changeRollups(client, changes, traces);
  return flows;
}

/** The day's row of each doomed channel went with its first hours: the hours that are left make it again. */
async function countDayAgain(client: ClientBase, dayStartMs: number): Promise<void> {
  await client.query(
    `/* purge: day again */
    INSERT INTO channel_1d (bucket, channel, source_kind, reporter, verdict, src_ns, dst_ns, records, flows,
      connections, connections_known, bytes, bytes_known, packets, packets_known)
    SELECT $1::timestamptz, channel, source_kind, reporter, verdict, src_ns, dst_ns, sum(records), sum(flows),
      sum(connections), sum(connections_known), sum(bytes), sum(bytes_known), sum(packets), sum(packets_known)
    FROM channel_1h WHERE ${isDoomed.sql} AND bucket >= $1::timestamptz AND bucket < $1::timestamptz + interval '1 day'
    GROUP BY 2, 3, 4, 5, 6, 7`,
    [new Date(dayStartMs)],
  );
  await client.query(
    `/* purge: latencies of the day again */
    INSERT INTO channel_latency_1d (bucket, channel, src_ns, dst_ns, kind, step, measured, sum_us)
    SELECT $1::timestamptz, channel, src_ns, dst_ns, kind, step, sum(measured), sum(sum_us)
    FROM channel_latency_1h
    WHERE ${isDoomed.sql} AND bucket >= $1::timestamptz AND bucket < $1::timestamptz + interval '1 day'
    GROUP BY 2, 3, 4, 5, 6`,
    [new Date(dayStartMs)],
  );
}
