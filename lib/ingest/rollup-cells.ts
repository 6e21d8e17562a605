import { compareIds, type Id } from './id63.ts';

/** Whose counters: one row of channel_1m, _1h or _1d without its bucket. */
export type CellKey = {
  readonly channel: Id;
  readonly srcNs: Id;
  readonly dstNs: Id;
  readonly sourceKind: number;
  readonly reporter: number;
  readonly verdict: number;
};

/** How many latencies of a kind fell into a step, and what they add up to; negative takes them back. */
export type Measured = {
  readonly kind: number;
  readonly step: number;
  measured: number;
  sumUs: number;
};

/** Counters of one channel in one bucket; `minute` is the bucket's start in minutes since the epoch. */
export type Cell = Pick<CellKey, 'sourceKind' | 'reporter' | 'verdict'> & {
  /** Another one where the batch's channel is folded before it is written. */
  channel: Id;
  srcNs: Id;
  dstNs: Id;
  readonly minute: number;
  records: number;
  flows: number;
  connections: number;
  connectionsKnown: number;
  bytes: number;
  bytesKnown: number;
  packets: number;
  packetsKnown: number;
  /** What was measured, by step and kind; null for nothing. Only cells of one minute have it. */
  latencies: Map<number, Measured> | null;
};

/** What one record adds; negative to take it back. null is not known, which is not 0. */
export type Amounts = {
  readonly flows: number;
  readonly connections: number | null;
  readonly bytes: number | null;
  readonly packets: number | null;
};

export function emptyCell(key: CellKey, minute: number): Cell {
  const { channel, srcNs, dstNs, sourceKind, reporter, verdict } = key;
  return {
    channel,
    srcNs,
    dstNs,
    sourceKind,
    reporter,
    verdict,
    minute,
    records: 0,
    flows: 0,
    connections: 0,
    connectionsKnown: 0,
    bytes: 0,
    bytesKnown: 0,
    packets: 0,
    packetsKnown: 0,
    latencies: null,
  };
}

/** `connections` apart from the rest: whether a SYN opens anything is known later. */
export function addAmounts(
  cell: Cell,
  { flows, bytes, packets }: Omit<Amounts, 'connections'>,
  connections: number | null,
  sign: 1 | -1,
): void {
  cell.records += sign;
  cell.flows += sign * flows;
  if (connections !== null) {
    cell.connections += sign * connections;
    cell.connectionsKnown += sign;
  }
  if (bytes !== null) {
    cell.bytes += sign * bytes;
    cell.bytesKnown += sign;
  }
  if (packets !== null) {
    cell.packets += sign * packets;
    cell.packetsKnown += sign;
  }
}

/** Cells of a coarser grain, one per key and bucket, in the order of the primary key. */
export function rollUp(cells: readonly Cell[], minutes: number): readonly Cell[] {
  const sums: Cell[] = [];
  let sum: Cell | null = null;
  // Sorted by key before time, the minutes of one bucket are neighbours.
  for (const cell of cells.toSorted(byKeyThenMinute)) {
    const bucket = Math.floor(cell.minute / minutes) * minutes;
    if (sum === null || sum.minute !== bucket || compareKeys(sum, cell) !== 0) {
      sum = emptyCell(cell, bucket);
      sums.push(sum);
    }
    sum.records += cell.records;
    sum.flows += cell.flows;
    sum.connections += cell.connections;
    sum.connectionsKnown += cell.connectionsKnown;
    sum.bytes += cell.bytes;
    sum.bytesKnown += cell.bytesKnown;
    sum.packets += cell.packets;
    sum.packetsKnown += cell.packetsKnown;
  }
  return sums.sort((a, b) => a.minute - b.minute || compareKeys(a, b));
}

function byKeyThenMinute(a: Cell, b: Cell): number {
  return compareKeys(a, b) || a.minute - b.minute;
}

function compareKeys(a: CellKey, b: CellKey): number {
  return (
    compareIds(a.channel, b.channel) ||
    a.sourceKind - b.sourceKind ||
    a.reporter - b.reporter ||
    a.verdict - b.verdict
  );
}
