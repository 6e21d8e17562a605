import { latencyCode } from '#lib/db/codes.ts';
import { type Latency, latencyStep } from '#lib/flows/latency.ts';
import { compareIds, type Id } from './id63.ts';
import type { Cell, Measured } from './rollup-cells.ts';

/** One row of channel_latency_1m, _1h or _1d; `minute` is the bucket's start in minutes since the epoch. */
export type LatencyCell = Measured & {
  readonly channel: Id;
  readonly srcNs: Id;
  readonly dstNs: Id;
  readonly minute: number;
};

/** The table of each grain, and how long its buckets are; from the finest. */
export const latencyGrains = [
  { table: 'channel_latency_1m', minutes: 1 },
  { table: 'channel_latency_1h', minutes: 60 },
  { table: 'channel_latency_1d', minutes: 1440 },
] as const;

export const latencyTables = latencyGrains.map(({ table }) => table);

const KINDS = 4;

/** `flow.latency`: 32 bits hold both. */
export function packLatency({ kind, us }: Latency): number {
  return us * KINDS + latencyCode[kind];
}

/** Notes one record's latency, or takes so many back; `packed` is that of `flow.latency`. */
export function addLatency(cell: Cell, packed: number, times: number): void {
  const us = Math.floor(packed / KINDS);
  const kind = packed % KINDS;
  const step = latencyStep(us);
  cell.latencies ??= new Map();
  const key = step * KINDS + kind;
  const known = cell.latencies.get(key);
  if (known === undefined) cell.latencies.set(key, { kind, step, measured: times, sumUs: times * us });
  else {
    known.measured += times;
    known.sumUs += times * us;
  }
}

/** What a batch measured at a grain, one per key, in the order of the primary key; none where it is nothing. */
export function latencyCells(cells: Iterable<Cell>, minutes: number): readonly LatencyCell[] {
  const sums = new Map<string, LatencyCell>();
  for (const { latencies, channel, srcNs, dstNs, minute } of cells) {
    if (latencies === null) continue;
    const bucket = Math.floor(minute / minutes) * minutes;
    for (const { kind, step, measured, sumUs } of latencies.values()) {
      const key = `${bucket}/${channel.text}/${kind}/${step}`;
      const known = sums.get(key);
      if (known === undefined) {
        sums.set(key, { channel, srcNs, dstNs, minute: bucket, kind, step, measured, sumUs });
      } else {
        known.measured += measured;
        known.sumUs += sumUs;
      }
    }
  }
  return [...sums.values()]
    .filter(({ measured, sumUs }) => measured !== 0 || sumUs !== 0)
    .sort(
      (a, b) => a.minute - b.minute || compareIds(a.channel, b.channel) || a.kind - b.kind || a.step - b.step,
    );
}
