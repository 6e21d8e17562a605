import { layout } from '#lib/graph/layout/layout.ts';
import { placedRects } from '#lib/graph/layout/placed-rects.ts';
import type { Positions, Rect } from '#lib/graph/layout/types.ts';
import { boxesOf, nodeSize } from '#lib/picture/node-size.ts';
import type { GraphView } from '#lib/picture/view.ts';
import { textWidth } from './text-width.ts';

/** The free part of the canvas on the screen that the product is drawn for, 1440 by 900. */
const screen = { width: 1_000, height: 600 };

/** Places a picture that no screen has placed; what is known stays where it is. */
export function placePicture({ nodes, strands }: GraphView, known: Positions): ReadonlyMap<string, Rect> {
  const boxes = boxesOf(nodes, (text) => textWidth(text, nodeSize.fontSize));
  return placedRects(boxes, layout({ boxes, links: strands, screen, known }));
}
