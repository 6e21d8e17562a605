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
};

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

/** Counts a record of a cluster's collector. */
export function noteSource(
  cells: SourceCells,
  lost: LostEvents,
  cluster: string,
  record: FlowRecord,
  minute: number,
): void {
  const sourceKind = sourceKindCode[record.sourceKind];
  const cell = cellOf(cells, { cluster, minute, sourceKind, reporter: reporterCode[record.reporter] });
  cell.records += 1;
  if (record.sampling > cell.sampling) cell.sampling = record.sampling;
  cell.lostEvents += lost.waiting;
  lost.waiting = 0;
  lost.last = cell;
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
    cell = { minute, cluster, sourceKind, reporter, records: 0, lostEvents: 0, sampling: 1 };
    ofCluster.set(key, cell);
  }
  return cell;
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
