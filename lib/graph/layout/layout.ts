import { arrange } from './arrange.ts';
import { keepPositions } from './keep-positions.ts';
import type { Box, Link, Positions, Size } from './types.ts';

export type LayoutRequest = {
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
  /** The free part of the canvas, in pixels. */
  readonly screen: Size;
  /** Where boxes were in the picture before; empty for a fresh one. */
  readonly known: Positions;
};

/** A picture that keeps less than this of the one before is drawn afresh: nobody would recognise it. */
const worthKeeping = 0.4;

/** Positions for every box: those known stay to the pixel, unless hardly any is known. */
export function layout({ boxes, links, screen, known }: LayoutRequest): Positions {
  const kept = boxes.filter((box) => known.has(box.id)).length;
  if (kept === 0 || kept < boxes.length * worthKeeping) return arrange(boxes, links, screen);
  return keepPositions(boxes, links, known);
}
