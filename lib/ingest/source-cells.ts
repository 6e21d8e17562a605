import { reporterCode } from '#lib/db/codes.ts';
import type { FlowRecord } from '#lib/flows/flow-record.ts';

import { sourceKindCode } from './codes.ts';

const MINUTES_PER_DAY = 1440;

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

/** Counts a record of a cluster's collector; `span` where it is not the record's own. */
export function noteSource(
  cells: SourceCells,
  lost: LostEvents,
  cluster: string,
  record: FlowRecord,
  minute: number,
  span: Pick<FlowRecord, 'startedAtMs' | 'endedAtMs'> = record,
): void {
  const sourceKind = sourceKindCode[record.sourceKind];
  const cell = cellOf(cells, { cluster, minute, sourceKind, reporter: reporterCode[record.reporter] });
  cell.records += 1;
  if (record.sampling > cell.sampling) cell.sampling = record.sampling;
  if (span.endedAtMs > cell.endedAtMs) cell.endedAtMs = span.endedAtMs;
  if (record.node !== null) noteNode(cell.nodes, record.node, span);
  cell.lostEvents += lost.waiting;
  lost.waiting = 0;
  lost.last = cell;
}

function noteNode(
  nodes: Map<string, NodeSpan>,
  node: string,
  { startedAtMs, endedAtMs }: Pick<FlowRecord, 'startedAtMs' | 'endedAtMs'>,
): void {
  const span = nodes.get(node);
  if (span === undefined) {
    nodes.set(node, { records: 1, firstMs: startedAtMs, lastMs: endedAtMs });
    return;
  }
  span.records += 1;
  if (startedAtMs < span.firstMs) span.firstMs = startedAtMs;
  if (endedAtMs > span.lastMs) span.lastMs = endedAtMs;
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

/** End of the last flow of a batch; -Infinity where it has none. */
export function lastEndMs(cells: SourceCells): number {
  let last = Number.NEGATIVE_INFINITY;
  for (const ofCluster of cells.values())
    for (const { endedAtMs } of ofCluster.values()) if (endedAtMs > last) last = endedAtMs;
  return last;
}

/** The days, since the epoch, that records began in. */
export function daysIn(cells: SourceCells): ReadonlySet<number> {
  const days = new Set<number>();
  for (const ofCluster of cells.values())
    for (const { minute, records } of ofCluster.values())
      if (records > 0) days.add(Math.floor(minute / MINUTES_PER_DAY));
  return days;
}

/** How many records each cluster's collector has logged. */
export function recordsByCluster(cells: SourceCells): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const [cluster, ofCluster] of cells) {
    let sum = 0;
    for (const { records } of ofCluster.values()) sum += records;
    if (sum > 0) counts.set(cluster, sum);
  }
  return counts;
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
