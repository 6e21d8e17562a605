import { columnCentres, rowCentre, spreadColumn } from './column-places.ts';
import type { Placing } from './cost.ts';
import { leastTurn } from './curve.ts';
import { capArea, type Grid, planGrid } from './grid.ts';
import { flowLevels } from './levels.ts';
import { at, type Network, networkOf } from './network.ts';
import { refineSlots } from './refine.ts';
import { dealSlots, type Slots } from './slots.ts';
import type { Box, Link, Positions, Size } from './types.ts';

/** Boxes of one column keep at least this distance. */
const leastGap = 12;

/**
 * Places boxes in soft layers from client (left) to server (right) that fill the screen. Names stay
 * readable because the columns are as many as fit, not as many as the longest path; the same input gives
 * the same picture, and no two boxes overlap. `share` is this picture's part of the work of a whole one.
 */
export function arrange(boxes: readonly Box[], links: readonly Link[], screen: Size, share = 1): Positions {
  if (boxes.length === 0) return new Map();
  const network = networkOf(boxes, links);
  const box = { width: typical(network.widths), height: typical(network.heights) };
  const grid = planGrid(boxes.length, box, screen, share < 1 ? 'little' : 'as-fits');
  const levels = flowLevels(network);
  const slots = dealSlots(network, levels, grid);
  const placing = { xs: new Float64Array(network.size), ys: new Float64Array(network.size) };
  const centres = columnCentres(grid, box.width);
  const place = (index: number) => {
    const slot = at(slots.slotOf, index);
    const column = Math.floor(slot / grid.rows);
    placing.xs[index] = at(centres, column);
    placing.ys[index] = rowCentre(grid, column, slot % grid.rows, box.height);
  };
  for (let index = 0; index < network.size; index += 1) place(index);
  const diagonal = Math.hypot(grid.area.width, grid.area.height);
  refineSlots({ network, placing, diagonal, grid, slots, place, slotCost: levelCost(levels, grid), share });
  settleColumns(network, placing, slots, grid, centres);
  fillArea(network, placing, capArea(boxes.length, screen));
  return new Map(
    boxes.map(({ id }, index) => [id, { x: round(at(placing.xs, index)), y: round(at(placing.ys, index)) }]),
  );
}

/** Stretches the picture to the shape of the screen. Distances only grow, so nothing comes to touch. */
function fillArea(network: Network, { xs, ys }: Placing, screen: Size): void {
  const box = { width: largest(network.widths), height: largest(network.heights) };
  const reach = { x: extent(xs), y: extent(ys) };
  const growth = Math.max(1, (reach.x + box.width) / screen.width, (reach.y + box.height) / screen.height);
  const stretch = {
    x: reach.x === 0 ? 1 : Math.max(1, (screen.width * growth - box.width) / reach.x),
    y: reach.y === 0 ? 1 : Math.max(1, (screen.height * growth - box.height) / reach.y),
  };
  for (let index = 0; index < network.size; index += 1) {
    xs[index] = at(xs, index) * stretch.x;
    ys[index] = at(ys, index) * stretch.y;
  }
}

function largest(values: Float64Array): number {
  return values.reduce((most, value) => Math.max(most, value), 0);
}

function extent(values: Float64Array): number {
  return largest(values) - values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY);
}

/** Wide enough for four boxes of five: a few very wide ones must not thin out every column. */
function typical(sizes: Float64Array): number {
  return at(sizes.toSorted(), Math.floor((sizes.length - 1) * 0.8));
}

/** How far a column is from where the box's level would put it. */
function levelCost(levels: Float64Array, grid: Grid): (box: number, slot: number) => number {
  const known = levels.filter((level) => !Number.isNaN(level));
  const highest = Math.max(0.001, ...known);
  return (box, slot) => {
    const level = at(levels, box);
    if (Number.isNaN(level)) return (Math.floor(slot / grid.rows) + (slot % grid.rows)) * -0.02;
    const wanted = (level / highest) * (grid.columns - 1);
    return 0.8 * Math.abs(Math.floor(slot / grid.rows) - wanted);
  };
}

/** Columns make room for their widest box; heights settle without touching. */
function settleColumns(
  network: Network,
  placing: Placing,
  slots: Slots,
  grid: Grid,
  centres: Float64Array,
): void {
  let rightEdge = Number.NEGATIVE_INFINITY;
  for (let column = 0; column < grid.columns; column += 1) {
    const boxes = [...slots.boxAt.subarray(column * grid.rows, (column + 1) * grid.rows)].filter(
      (box) => box >= 0,
    );
    if (boxes.length === 0) continue;
    const width = boxes.reduce((most, box) => Math.max(most, at(network.widths, box)), 0);
    const x = Math.max(at(centres, column), rightEdge + leastTurn + width / 2);
    rightEdge = x + width / 2;
    const heights = spreadColumn(
      network,
      boxes,
      boxes.map((box) => at(placing.ys, box)),
      leastGap,
    );
    boxes.forEach((box, index) => {
      placing.xs[box] = x;
      placing.ys[box] = heights[index] ?? 0;
    });
  }
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
