import type { Grid } from './grid.ts';
import { at, type Network } from './network.ts';

/** Centres of the columns, spread so that the first and last touch the area's edges. */
export function columnCentres(grid: Grid, boxWidth: number): Float64Array {
  const first = boxWidth / 2;
  const reach = grid.area.width - boxWidth;
  return Float64Array.from({ length: grid.columns }, (_, column) =>
    grid.columns === 1 ? grid.area.width / 2 : first + (reach * column) / (grid.columns - 1),
  );
}

/** Every second column starts half a row lower, so that a level line rarely runs through a box. */
export function rowCentre(grid: Grid, column: number, row: number, boxHeight: number): number {
  const stagger = grid.columns > 1 ? 0.5 : 0;
  const places = grid.rows - 1 + stagger;
  const offset = row + (column % 2 === 0 ? 0 : stagger);
  const reach = grid.area.height - boxHeight;
  return places === 0 ? grid.area.height / 2 : boxHeight / 2 + (reach * offset) / places;
}

/**
 * Heights that come as near as possible to the wanted ones, in this order and without touching:
 * neighbours that want to overlap form a block, which settles at the mean of its wishes.
 */
export function spreadColumn(
  network: Network,
  boxes: readonly number[],
  wanted: readonly number[],
  gap: number,
): readonly number[] {
  type Block = { sum: number; count: number };
  const offsets: number[] = [];
  let offset = 0;
  boxes.forEach((box, index) => {
    const above = boxes[index - 1];
    if (above !== undefined) offset += (at(network.heights, above) + at(network.heights, box)) / 2 + gap;
    offsets.push(offset);
  });
  const blocks: Block[] = [];
  boxes.forEach((_, index) => {
    blocks.push({ sum: (wanted[index] ?? 0) - (offsets[index] ?? 0), count: 1 });
    for (;;) {
      const last = blocks.at(-1);
      const before = blocks.at(-2);
      if (!last || !before || before.sum / before.count <= last.sum / last.count) break;
      blocks.splice(-2, 2, { sum: before.sum + last.sum, count: before.count + last.count });
    }
  });
  const starts = blocks.flatMap((block) => new Array<number>(block.count).fill(block.sum / block.count));
  return starts.map((start, index) => start + (offsets[index] ?? 0));
}
