import type { Curve } from '#lib/graph/layout/curve.ts';
import type { Point } from '#lib/graph/layout/types.ts';
import { middleOf } from '#lib/picture/line-path.ts';

/** Straight pieces that one half of a curve is taken for. */
const pieces = 10;

/** Finds the line that a mouse is on. */
export type NearestLine = (at: Point, within: number) => string | null;

type Run = {
  readonly id: string;
  readonly points: readonly Point[];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
};

/** Of these curves, by their ids; of two that are as near the later one is found, which is drawn above. */
export function nearestLine(curves: ReadonlyMap<string, Curve>): NearestLine {
  const runs = [...curves].map(([id, curve]) => runOf(id, curve));
  return (at, within) => {
    let best: string | null = null;
    let least = within;
    for (const run of runs) {
      if (at.x < run.left - within || at.x > run.right + within) continue;
      if (at.y < run.top - within || at.y > run.bottom + within) continue;
      const far = distanceTo(run.points, at);
      if (far > least) continue;
      least = far;
      best = run.id;
    }
    return best;
  };
}

function runOf(id: string, curve: Curve): Run {
  const middle = middleOf(curve);
  const points = [
    ...halfOf(curve.start, curve.control1, middle),
    ...halfOf(middle, curve.control2, curve.end),
    curve.end,
  ];
  const xs = points.map(({ x }) => x);
  const ys = points.map(({ y }) => y);
  return {
    id,
    points,
    left: Math.min(...xs),
    right: Math.max(...xs),
    top: Math.min(...ys),
    bottom: Math.max(...ys),
  };
}

/** Points of a quadratic curve, without its end. */
function halfOf(start: Point, control: Point, end: Point): readonly Point[] {
  return Array.from({ length: pieces }, (_, nth) => {
    const t = nth / pieces;
    const [a, b, c] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2];
    return { x: a * start.x + b * control.x + c * end.x, y: a * start.y + b * control.y + c * end.y };
  });
}

function distanceTo(points: readonly Point[], at: Point): number {
  let least = Infinity;
  for (let next = 1; next < points.length; next += 1) {
    const [from, to] = [points[next - 1], points[next]];
    if (from && to) least = Math.min(least, distanceToPiece(from, to, at));
  }
  return least;
}

function distanceToPiece(from: Point, to: Point, at: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const along = ((at.x - from.x) * dx + (at.y - from.y) * dy) / (dx * dx + dy * dy || 1);
  const part = Math.max(0, Math.min(1, along));
  return Math.hypot(from.x + dx * part - at.x, from.y + dy * part - at.y);
}
