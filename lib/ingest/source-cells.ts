import { reporterCode } from '#lib/db/codes.ts';
import type { FlowRecord } from '#lib/flows/flow-record.ts';

import { sourceKindCode } from './codes.ts';

/** One row of source_1m: what a collector delivered in a minute. */
export type SourceCell = {
  readonly minute: number;
  readonly cluster: string;
  readonly sourceKind: number;
  readonly reporter: number;
  records: number;
  lostEvents: number;
  sampling: number;
  /** By node; empty where the source does not say. */
  readonly nodes: Map<string, NodeSpan>;
  /** End of the last flow. */
  endedAtMs: number;
};

/** What one node delivered: how many records, from the start of the first to the end of the last. */
export type NodeSpan = { records: number; firstMs: number; lastMs: number };

/** By cluster, then by minute, source kind and reporter. */
export type SourceCells = Map<string, Map<number, SourceCell>>;

/**
 * A line that tells of lost events has no time of a flow: it belongs to the minute of the record before it,
 * in whichever batch that was, or of the first one after it.
 */
export type LostEvents = { last: SourceCell | null; waiting: number };

export function noLostEvents(): LostEvents {
  return { last: null, waiting: 0 };
}

/** Where records of a cluster's collector are counted, and those of the node that they came from. */
export type SourcePlace = { readonly cell: SourceCell; readonly span: NodeSpan | null };

export function sourcePlace(
  cells: SourceCells,
  cluster: string,
  record: Pick<FlowRecord, 'sourceKind' | 'reporter' | 'node'>,
  minute: number,
): SourcePlace {
  const sourceKind = sourceKindCode[record.sourceKind];
  const cell = cellOf(cells, { cluster, minute, sourceKind, reporter: reporterCode[record.reporter] });
  return { cell, span: record.node === null ? null : spanOf(cell.nodes, record.node) };
}

/** Counts a record. */
export function noteSource(
  { cell, span }: SourcePlace,
  lost: LostEvents,
  sampling: number,
  startedAtMs: number,
  endedAtMs: number,
): void {
  cell.records += 1;
  if (sampling > cell.sampling) cell.sampling = sampling;
  if (endedAtMs > cell.endedAtMs) cell.endedAtMs = endedAtMs;
  if (span !== null) {
    span.records += 1;
    if (startedAtMs < span.firstMs) span.firstMs = startedAtMs;
    if (endedAtMs > span.lastMs) span.lastMs = endedAtMs;
  }
  cell.lostEvents += lost.waiting;
  lost.waiting = 0;
  lost.last = cell;
}

function spanOf(nodes: Map<string, NodeSpan>, node: string): NodeSpan {
  let span = nodes.get(node);
  if (span === undefined) {
    span = { records: 0, firstMs: Number.POSITIVE_INFINITY, lastMs: Number.NEGATIVE_INFINITY };
    nodes.set(node, span);
  }
  return span;
}

export function noteLost(cells: SourceCells, lost: LostEvents, count: number): void {
  if (lost.last === null) lost.waiting += count;
  else cellOf(cells, lost.last).lostEvents += count;
}

function cellOf(
  cells: SourceCells,
  {
    cluster,
    minute,
    sourceKind,
    reporter,
  }: Pick<SourceCell, 'cluster' | 'minute' | 'sourceKind' | 'reporter'>,
): SourceCell {
  let ofCluster = cells.get(cluster);
  if (ofCluster === undefined) {
    ofCluster = new Map();
    cells.set(cluster, ofCluster);
  }
  const key = minute * 64 + sourceKind * 4 + reporter;
  let cell = ofCluster.get(key);
  if (cell === undefined) {
    cell = {
      minute,
      cluster,
      sourceKind,
      reporter,
      records: 0,
      lostEvents: 0,
      sampling: 1,
      nodes: new Map(),
      endedAtMs: Number.NEGATIVE_INFINITY,
    };
    ofCluster.set(key, cell);
  }
  return cell;
}

/** Records by the cluster that logged them. */
export function recordsByCluster(cells: SourceCells): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [cluster, ofCluster] of cells) {
    let count = 0;
    for (const { records } of ofCluster.values()) count += records;
    if (count > 0) counts.set(cluster, count);
  }
  return counts;
}

/** The coarsest sampling of a batch. */
export function mostSampled(cells: SourceCells): number {
  let most = 1;
  for (const ofCluster of cells.values())
    for (const { sampling } of ofCluster.values()) most = Math.max(most, sampling);
  return most;
}

/** End of the last flow of a batch; -Infinity where it has none. */
export function lastEndMs(cells: SourceCells): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const ofCluster of cells.values())
    for (const { endedAtMs } of ofCluster.values()) if (endedAtMs > last) last = endedAtMs;
  return last;
}

/** In the order of the primary key. */
export function sortedSourceCells(cells: SourceCells): readonly SourceCell[] {
  return [...cells.keys()]
    .sort()
    .flatMap((cluster) =>
      [...(cells.get(cluster)?.values() ?? [])].sort(
        (a, b) => a.minute - b.minute || a.sourceKind - b.sourceKind || a.reporter - b.reporter,
      ),
    );
}
