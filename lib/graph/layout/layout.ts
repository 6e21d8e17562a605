import type { LayoutChoice } from '#lib/contracts/url-state.ts';
import { arrange } from './arrange.ts';
import { concentric } from './concentric.ts';
import { blockArea } from './grid.ts';
import { grouped } from './grouped.ts';
import { keepPositions } from './keep-positions.ts';
import { nest } from './nest.ts';
import type { Arrangement, Box, LevelRequest, Link, Positions, Size } from './types.ts';

export type LayoutRequest = {
  readonly boxes: readonly Box[];
  readonly links: readonly Link[];
  /** The free part of the canvas, in pixels. */
  readonly screen: Size;
  /** Where boxes were in the picture before; empty for a fresh one. */
  readonly known: Positions;
  /** layered where nothing is said; `manual` only ever keeps what is placed. */
  readonly name?: LayoutChoice;
  /** The box that rings are drawn about; without one the box with most links. */
  readonly focus?: string | null;
};

/** A picture that keeps less than this of the one before is drawn afresh: nobody would recognise it. */
const worthKeeping = 0.4;

/** Positions for every box: those known stay to the pixel, unless hardly any is known. */
export function layout(request: LayoutRequest): Arrangement {
  const { boxes, links, screen, known } = request;
  return nest(boxes, links, known, (level) =>
    placeLevel(level, level.depth === 0 ? screen : blockArea(level.boxes.length), request),
  );
}

function placeLevel(
  { boxes, links, known, grown, depth }: LevelRequest,
  area: Size,
  { name = 'layered', focus = null }: LayoutRequest,
): Positions {
  const kept = boxes.filter((box) => known.has(box.id)).length;
  const isKept = kept > 0 && (name === 'manual' || kept >= boxes.length * worthKeeping);
  if (isKept) return keepPositions(boxes, links, known, grown);
  if (depth > 0 || name === 'layered' || name === 'manual') return arrange(boxes, links, area);
  return name === 'grouped' ? grouped(boxes, links, area) : concentric(boxes, links, area, focus);
}
