import { compareText } from '#lib/kit/compare-text.ts';
import type { SourceCells } from './source-cells.ts';

/** One row of source_node_10m; `minute` is the start of the ten minutes, in minutes since the epoch. */
export type NodeCell = {
  readonly minute: number;
  readonly cluster: string;
  readonly sourceKind: number;
  readonly node: string;
  records: number;
  firstMs: number;
  lastMs: number;
};

const BUCKET_MINUTES = 10;

/** Stands for every node past the ceiling; no source calls a node so. */
const otherNodes = '';

/** What each node delivered, in the order of the primary key. */
export function nodeCells(sources: SourceCells): readonly NodeCell[] {
  const cells = new Map<string, NodeCell>();
  for (const ofCluster of sources.values()) {
    for (const { minute, cluster, sourceKind, nodes } of ofCluster.values()) {
      const bucket = Math.floor(minute / BUCKET_MINUTES) * BUCKET_MINUTES;
      for (const [name, { records, firstMs, lastMs }] of nodes) {
        // Postgres stores no half of a surrogate pair, and two such names must not meet there first.
        const node = name.toWellFormed();
        add(cells, { minute: bucket, cluster, sourceKind, node, records, firstMs, lastMs });
      }
    }
  }
  return sorted(cells);
}

/** The same with every node that has no place of its own under one name. */
export function foldNodes(
  cells: readonly NodeCell[],
  hasPlace: (cell: NodeCell) => boolean,
): readonly NodeCell[] {
  const folded = new Map<string, NodeCell>();
  for (const cell of cells) add(folded, hasPlace(cell) ? { ...cell } : { ...cell, node: otherNodes });
  return sorted(folded);
}

function add(cells: Map<string, NodeCell>, cell: NodeCell): void {
  const key = `${cell.minute}/${cell.sourceKind}/${cell.cluster}\0${cell.node}`;
  const known = cells.get(key);
  if (known === undefined) {
    cells.set(key, cell);
    return;
  }
  known.records += cell.records;
  known.firstMs = Math.min(known.firstMs, cell.firstMs);
  known.lastMs = Math.max(known.lastMs, cell.lastMs);
}

/** Writers that lock rows in one order cannot wait for each other in a circle. */
function sorted(cells: ReadonlyMap<string, NodeCell>): readonly NodeCell[] {
  return [...cells.values()].sort(
    (a, b) =>
      compareText(a.cluster, b.cluster) ||
      a.sourceKind - b.sourceKind ||
      compareText(a.node, b.node) ||
      a.minute - b.minute,
  );
}
