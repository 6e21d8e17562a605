import { type Curve, curveBetween, pointOnSide, type Side, sidesOf } from './curve.ts';
import type { Point, Rect } from './types.ts';

/** A line to draw; two lines between the same boxes (allowed and denied) are two strands. */
export type Strand = { readonly id: string; readonly source: string; readonly target: string };

type Landing = { readonly strand: string; readonly box: string; readonly side: Side; readonly far: number };

/** Distance between two lines on one side of a box, and what stays free at its corners. */
const pitch = { upright: 7, level: 11 };
const corner = 9;

const wiggle = 26;

/** How far a line keeps off the boxes that it goes round. */
const berth = 16;

/** Curves for all strands: those on one side of a box are fanned out in the order of their far ends. */
export function routeStrands(
  strands: readonly Strand[],
  rects: ReadonlyMap<string, Rect>,
): ReadonlyMap<string, Curve> {
  const boxes = [...rects.values()];
  const drawn = strands.flatMap((strand) => {
    const from = rects.get(strand.source);
    const to = rects.get(strand.target);
    if (!from || !to || strand.source === strand.target) return [];
    return [{ strand, from, to, ...runOf(from, to, boxes) }];
  });
  const shifts = fanOut(
    drawn.flatMap(({ strand, from, to, out, into }): readonly Landing[] => [
      { strand: `${strand.id}>`, box: strand.source, side: out, far: farOf(out, to) },
      { strand: `${strand.id}<`, box: strand.target, side: into, far: farOf(into, from) },
    ]),
    rects,
  );
  return new Map(
    drawn.map(({ strand, from, to, out, into, detour }) => {
      const start = pointOnSide(from, out, shifts.get(`${strand.id}>`) ?? 0);
      const end = pointOnSide(to, into, shifts.get(`${strand.id}<`) ?? 0);
      if (detour !== null) return [strand.id, around(start, end, detour)];
      return [strand.id, straighten(curveBetween(start, out, end, into), from, to, out)];
    }),
  );
}

type Run = { readonly out: Side; readonly into: Side; readonly detour: number | null };

/**
 * How a line goes. Straight up or down it would run behind the boxes in between, as if it went to them: it
 * goes round instead, down on the right and up on the left, as far out as `detour` says.
 */
function runOf(from: Rect, to: Rect, boxes: readonly Rect[]): Run {
  const sides = sidesOf(from, to);
  if (sides.out === 'left' || sides.out === 'right') return { ...sides, detour: null };
  const top = Math.min(from.y, to.y);
  const bottom = Math.max(from.y, to.y);
  const middle = (from.x + to.x) / 2;
  const between = boxes.filter(
    (box) =>
      box.y > top &&
      box.y < bottom &&
      Math.abs(box.x - middle) < box.width / 2 + corner &&
      // An expanded box stands around its ends, not between them.
      !holds(box, from) &&
      !holds(box, to),
  );
  if (between.length === 0) return { ...sides, detour: null };
  const passed = [from, to, ...between];
  return to.y >= from.y
    ? { out: 'right', into: 'right', detour: Math.max(...passed.map((box) => box.x + box.width / 2)) + berth }
    : { out: 'left', into: 'left', detour: Math.min(...passed.map((box) => box.x - box.width / 2)) - berth };
}

function holds(box: Rect, inner: Rect): boolean {
  return Math.abs(box.x - inner.x) < box.width / 2 && Math.abs(box.y - inner.y) < box.height / 2;
}

/** Out to the side, along the boxes and back in. */
function around(start: Point, end: Point, detour: number): Curve {
  return { start, control1: { x: detour, y: start.y }, control2: { x: detour, y: end.y }, end };
}

/** A line that would only wiggle by a few pixels runs straight, where both sides reach that far. */
function straighten(curve: Curve, from: Rect, to: Rect, out: Side): Curve {
  const isSideways = out === 'left' || out === 'right';
  const axis = isSideways ? 'y' : 'x';
  const size = isSideways ? 'height' : 'width';
  if (Math.abs(curve.start[axis] - curve.end[axis]) > wiggle) return curve;
  const middle = (curve.start[axis] + curve.end[axis]) / 2;
  const isReached = [from, to].every((box) => Math.abs(middle - box[axis]) <= box[size] / 2 - corner / 2);
  if (!isReached) return curve;
  return {
    start: { ...curve.start, [axis]: middle },
    control1: { ...curve.control1, [axis]: middle },
    control2: { ...curve.control2, [axis]: middle },
    end: { ...curve.end, [axis]: middle },
  };
}

function farOf(side: Side, far: Rect): number {
  return side === 'left' || side === 'right' ? far.y : far.x;
}

function fanOut(landings: readonly Landing[], rects: ReadonlyMap<string, Rect>): ReadonlyMap<string, number> {
  const shifts = new Map<string, number>();
  const groups = Map.groupBy(landings, ({ box, side }) => `${side} ${box}`);
  for (const group of groups.values()) {
    const [first] = group;
    const rect = first && rects.get(first.box);
    if (!first || !rect) continue;
    const isUpright = first.side === 'left' || first.side === 'right';
    const length = isUpright ? rect.height : rect.width;
    const step = Math.min(
      isUpright ? pitch.upright : pitch.level,
      Math.max(0, length - 2 * corner) / Math.max(1, group.length - 1),
    );
    group
      .toSorted((a, b) => a.far - b.far || (a.strand < b.strand ? -1 : 1))
      .forEach(({ strand }, index) => {
        shifts.set(strand, (index - (group.length - 1) / 2) * step);
      });
  }
  return shifts;
}
