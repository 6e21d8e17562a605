import { directionCode } from '#lib/db/codes.ts';

import { compareIds, type Id, noId } from './id63.ts';
import type { CellKey } from './rollup-cells.ts';

/** One row of channel_trace_1h; `hour` in hours since the epoch. */
export type TraceCell = {
  readonly hour: number;
  readonly channel: Id;
  readonly srcNs: Id;
  readonly dstNs: Id;
  readonly sourceKind: number;
  readonly direction: number;
  readonly verdict: number;
  readonly enforced: Id;
  readonly pending: Id;
  flows: number;
};

/** The trace ids of a record by direction; null where the direction has no such hits. */
export type TraceIds = {
  readonly egress: Id | null;
  readonly egressPending: Id | null;
  readonly ingress: Id | null;
  readonly ingressPending: Id | null;
};

export const noTraces: TraceIds = { egress: null, egressPending: null, ingress: null, ingressPending: null };

/** Flows by trace of one batch, each under the hash of its key, or the next that is free. */
export type TraceCells = Map<number, TraceCell>;

/** Adds a record's flows to each direction that has a trace; negative flows take them back. */
export function addTraces(cells: TraceCells, key: CellKey, hour: number, ids: TraceIds, flows: number): void {
  const { egress, egressPending, ingress, ingressPending } = ids;
  if (egress !== null || egressPending !== null) {
    const hits = { enforced: egress ?? noId, pending: egressPending ?? noId };
    addTraceCell(cells, cellOf(key, hour, directionCode.egress, hits, flows));
  }
  if (ingress !== null || ingressPending !== null) {
    const hits = { enforced: ingress ?? noId, pending: ingressPending ?? noId };
    addTraceCell(cells, cellOf(key, hour, directionCode.ingress, hits, flows));
  }
}

function cellOf(
  { channel, srcNs, dstNs, sourceKind, verdict }: CellKey,
  hour: number,
  direction: number,
  { enforced, pending }: Pick<TraceCell, 'enforced' | 'pending'>,
  flows: number,
): TraceCell {
  return { hour, channel, srcNs, dstNs, sourceKind, direction, verdict, enforced, pending, flows };
}

/** Adds a cell to the one of the same key; without any hits there is nothing to keep. */
export function addTraceCell(cells: TraceCells, added: TraceCell): void {
  if (added.enforced === noId && added.pending === noId) return;
  let place = hashOf(added);
  let cell = cells.get(place);
  while (cell !== undefined && compareCells(cell, added) !== 0) {
    place = (place + 1) | 0;
    cell = cells.get(place);
  }
  if (cell === undefined) cells.set(place, added);
  else cell.flows += added.flows;
}

function hashOf({ hour, channel, sourceKind, direction, verdict, enforced, pending }: TraceCell): number {
  const small = hour * 64 + sourceKind * 8 + direction * 4 + verdict;
  return Math.imul(channel.lo ^ small, 0x5bd1e995) ^ Math.imul(enforced.lo ^ (pending.lo >>> 7), 0x27d4eb2f);
}

/** In the order of the primary key. */
export function sortedTraceCells(cells: TraceCells): readonly TraceCell[] {
  return [...cells.values()].sort(compareCells);
}

function compareCells(a: TraceCell, b: TraceCell): number {
  return (
    a.hour - b.hour ||
    compareIds(a.channel, b.channel) ||
    a.sourceKind - b.sourceKind ||
    a.direction - b.direction ||
    a.verdict - b.verdict ||
    compareIds(a.enforced, b.enforced) ||
    compareIds(a.pending, b.pending)
  );
}
