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

/** Flows by trace of one batch. */
export type TraceCells = Map<string, TraceCell>;

/** Adds a record's flows to each direction that has a trace; negative flows take them back. */
export function addTraces(cells: TraceCells, key: CellKey, hour: number, ids: TraceIds, flows: number): void {
  addTrace(cells, key, hour, directionCode.egress, ids, flows);
  addTrace(cells, key, hour, directionCode.ingress, ids, flows);
}

function addTrace(
  cells: TraceCells,
  key: CellKey,
  hour: number,
  direction: number,
  traces: TraceIds,
  flows: number,
): void {
  const isEgress = direction === directionCode.egress;
  const enforced = isEgress ? traces.egress : traces.ingress;
  const pending = isEgress ? traces.egressPending : traces.ingressPending;
  if (enforced === null && pending === null) return;
  const { channel, srcNs, dstNs, sourceKind, verdict } = key;
  const ids = { enforced: enforced ?? noId, pending: pending ?? noId };
  addTraceCell(cells, { hour, channel, srcNs, dstNs, sourceKind, direction, verdict, ...ids, flows });
}

/** Adds a cell to the one of the same key; without any hits there is nothing to keep. */
export function addTraceCell(cells: TraceCells, added: TraceCell): void {
  const { hour, channel, sourceKind, direction, verdict, enforced, pending } = added;
  if (enforced === noId && pending === noId) return;
  const name = `${hour}/${channel.text}/${sourceKind}/${direction}/${verdict}/${enforced.text}/${pending.text}`;
  const cell = cells.get(name);
  if (cell === undefined) cells.set(name, added);
  else cell.flows += added.flows;
}

/** In the order of the primary key. */
export function sortedTraceCells(cells: TraceCells): readonly TraceCell[] {
  return [...cells.values()].sort(
    (a, b) =>
      a.hour - b.hour ||
      compareIds(a.channel, b.channel) ||
      a.sourceKind - b.sourceKind ||
      a.direction - b.direction ||
      a.verdict - b.verdict ||
      compareIds(a.enforced, b.enforced) ||
      compareIds(a.pending, b.pending),
  );
}
