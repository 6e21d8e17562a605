import type { Grid } from './grid.ts';
import { at, type Network } from './network.ts';

/** Places in columns: `boxAt[column * rows + row]` is the box there, or -1. */
export type Slots = { readonly boxAt: Int32Array; readonly slotOf: Int32Array };

/**
 * Deals the boxes out over the columns by level, then orders each column by the places of its
 * neighbours, there and back, so that linked boxes lie side by side.
 */
export function dealSlots(network: Network, levels: Float64Array, grid: Grid): Slots {
  const order = Array.from({ length: network.size }, (_, box) => box);
  const middle = meanOf(levels);
  const levelOf = (box: number) => (Number.isNaN(at(levels, box)) ? middle : at(levels, box));
  order.sort((a, b) => levelOf(a) - levelOf(b) || a - b);
  const columns = Array.from({ length: grid.columns }, (_, column) =>
    order.slice(share(order.length, grid.columns, column), share(order.length, grid.columns, column + 1)),
  );
  const heights = orderColumns(network, columns);
  return fillSlots(network.size, columns, heights, grid);
}

function share(count: number, columns: number, column: number): number {
  return Math.round((count * column) / columns);
}

function meanOf(levels: Float64Array): number {
  const known = levels.filter((level) => !Number.isNaN(level));
  return known.length === 0 ? 0 : known.reduce((sum, level) => sum + level, 0) / known.length;
}

/** Relative heights, 0 to 1, after the sweeps; the columns are sorted in place. */
function orderColumns(network: Network, columns: number[][]): Float64Array {
  const heights = new Float64Array(network.size);
  const settle = (column: number[]) =>
    column.forEach((box, row) => {
      heights[box] = (row + 0.5) / column.length;
    });
  columns.forEach(settle);
  for (let sweep = 0; sweep < 10; sweep += 1) {
    for (const column of sweep % 2 === 0 ? columns : columns.toReversed()) {
      const wanted = new Map(column.map((box) => [box, neighbourHeight(network, heights, box)]));
      column.sort((a, b) => (wanted.get(a) ?? 1) - (wanted.get(b) ?? 1) || a - b);
      settle(column);
    }
  }
  return heights;
}

/** Boxes without links sink to the foot of their column. */
function neighbourHeight(network: Network, heights: Float64Array, box: number): number {
  const links = network.incident[box] ?? [];
  if (links.length === 0) return 2;
  let sum = 0;
  for (const link of links) {
    const from = at(network.sources, link);
    sum += at(heights, from === box ? at(network.targets, link) : from);
  }
  return sum / links.length;
}

function fillSlots(
  size: number,
  columns: readonly (readonly number[])[],
  heights: Float64Array,
  { rows }: Grid,
): Slots {
  const boxAt = new Int32Array(columns.length * rows).fill(-1);
  const slotOf = new Int32Array(size);
  columns.forEach((boxes, column) => {
    let row = 0;
    boxes.forEach((box, index) => {
      const last = rows - (boxes.length - index);
      row = Math.min(last, Math.max(row, Math.floor(at(heights, box) * rows)));
      const slot = column * rows + row;
      boxAt[slot] = box;
      slotOf[box] = slot;
      row += 1;
    });
  });
  return { boxAt, slotOf };
}
