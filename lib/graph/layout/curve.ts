import type { Point, Rect } from './types.ts';

/** A line's run: it leaves and arrives at right angles to the sides of its boxes. */
export type Curve = {
  readonly start: Point;
  readonly control1: Point;
  readonly control2: Point;
  readonly end: Point;
};

/** By the line's id; one that cannot be drawn is missing. */
export type Curves = ReadonlyMap<string, Curve>;

export type Side = 'left' | 'right' | 'top' | 'bottom';

/** Boxes nearer to each other than this, sideways, are linked over their tops and bottoms. */
export const leastTurn = 26;

/** Which sides a line from `from` to `to` uses. */
export function sidesOf(from: Rect, to: Rect): { readonly out: Side; readonly into: Side } {
  const gapRight = to.x - to.width / 2 - (from.x + from.width / 2);
  const gapLeft = from.x - from.width / 2 - (to.x + to.width / 2);
  if (gapRight >= leastTurn) return { out: 'right', into: 'left' };
  if (gapLeft >= leastTurn) return { out: 'left', into: 'right' };
  return to.y >= from.y ? { out: 'bottom', into: 'top' } : { out: 'top', into: 'bottom' };
}

/** A point on a side, `shift` pixels from its middle. */
export function pointOnSide(box: Rect, side: Side, shift: number): Point {
  switch (side) {
    case 'left':
      return { x: box.x - box.width / 2, y: box.y + shift };
    case 'right':
      return { x: box.x + box.width / 2, y: box.y + shift };
    case 'top':
      return { x: box.x + shift, y: box.y - box.height / 2 };
    case 'bottom':
      return { x: box.x + shift, y: box.y + box.height / 2 };
  }
}

/** The curve between two points on sides; how far it runs straight on grows with the distance. */
export function curveBetween(start: Point, out: Side, end: Point, into: Side): Curve {
  const isSideways = out === 'left' || out === 'right';
  const reach = isSideways ? Math.abs(end.x - start.x) : Math.abs(end.y - start.y);
  const run = Math.max(14, Math.min(reach * 0.42, 150));
  return { start, control1: step(start, out, run), control2: step(end, into, run), end };
}

function step(from: Point, side: Side, by: number): Point {
  switch (side) {
    case 'left':
      return { x: from.x - by, y: from.y };
    case 'right':
      return { x: from.x + by, y: from.y };
    case 'top':
      return { x: from.x, y: from.y - by };
    case 'bottom':
      return { x: from.x, y: from.y + by };
  }
}
