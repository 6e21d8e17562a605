import type { Arrangement, Box, Rect } from './types.ts';

/** What every box covers where the layout has put it; an expanded one has the size that it came to. */
export function placedRects(
  boxes: readonly Box[],
  { positions, sizes }: Arrangement,
): ReadonlyMap<string, Rect> {
  return new Map(
    boxes.map(({ id, width, height }) => [
      id,
      { width, height, ...sizes.get(id), ...(positions.get(id) ?? { x: 0, y: 0 }) },
    ]),
  );
}
