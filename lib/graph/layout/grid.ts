import type { Size } from './types.ts';

/** Room between two columns (for lines to turn in) and between two rows, at least. */
const roomy = { column: 66, row: 24 };
/** Where all cannot be read at once anyway, room goes to the names instead of the lines. */
const dense = { column: 40, row: 12 };
const denseFrom = 80;
/** More places than boxes: free ones are where lines pass. As many as fit at zoom 1, and not below the last. */
const spares = [1.4, 1.25, 1.1];

export type Grid = { readonly columns: number; readonly rows: number; readonly area: Size };

/**
 * How many columns and rows the boxes get, and on what area: that of the screen where they fit at zoom 1,
 * a larger one of the same shape where they do not, a smaller one where a few boxes would be lost in it.
 */
export function planGrid(
  count: number,
  box: Size,
  screen: Size,
  room: 'as-fits' | 'little' = 'as-fits',
): Grid {
  const gap = room === 'as-fits' && count < denseFrom ? roomy : dense;
  const capped = capArea(count, screen);
  const atOnce = spares
    .map((spare) => gridOn(capped, Math.ceil(count * spare), count, box, gap))
    .find((grid) => grid);
  if (atOnce) return atOnce;
  const wanted = Math.ceil(count * (spares.at(-1) ?? 1));
  for (let scale = 1.04; ; scale *= 1.04) {
    const area = { width: capped.width * scale, height: capped.height * scale };
    const grid = gridOn(area, wanted, count, box, gap);
    if (grid) return grid;
  }
}

/** The grid on this area, null where it has not as many places as wanted. */
function gridOn(area: Size, wanted: number, count: number, box: Size, gap: typeof roomy): Grid | null {
  const columns = Math.max(1, Math.floor((area.width + gap.column) / (box.width + gap.column)));
  const mostRows = Math.max(1, Math.floor((area.height + gap.row) / (box.height + gap.row)));
  if (columns * mostRows < wanted) return null;
  const used = Math.max(1, Math.min(columns, count));
  return { columns: used, rows: Math.min(mostRows, Math.ceil(wanted / used)), area };
}

/** The part of the screen that this many boxes are spread over. */
export function capArea(count: number, screen: Size): Size {
  const root = Math.sqrt(Math.max(1, count));
  return {
    width: Math.max(1, Math.min(screen.width, 170 + 230 * root)),
    height: Math.max(1, Math.min(screen.height, 34 + 46 * (count - 1))),
  };
}

/** A block of about the shape of a screen, for boxes of the usual size. */
export function blockArea(count: number): Size {
  const columns = Math.max(1, Math.ceil(Math.sqrt(count * 0.45)));
  return { width: columns * 180 - 40, height: Math.ceil((count / columns) * 1.15) * 46 };
}
