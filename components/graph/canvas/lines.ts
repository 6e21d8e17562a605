import type { Curve, Curves } from '#lib/graph/layout/curve.ts';
import type { Point, Rect } from '#lib/graph/layout/types.ts';
import type { StrandView } from '#lib/picture/view.ts';

/** A curve in the terms that Cytoscape draws an `unbundled-bezier` by. */
export type LineData = {
  readonly sourceEnd: string;
  readonly targetEnd: string;
  readonly weights: readonly number[];
  readonly distances: readonly number[];
};

/** By the strand's id; one that cannot be drawn is missing. */
export type Lines = ReadonlyMap<string, LineData>;

/** Lines between nodes that stand here. */
export function linesOf(
  strands: readonly StrandView[],
  curves: Curves,
  rects: ReadonlyMap<string, Rect>,
): Lines {
  return new Map(
    strands.flatMap(({ id, source, target }) => {
      const curve = curves.get(id);
      const [from, to] = [rects.get(source), rects.get(target)];
      return curve && from && to ? [[id, toLineData(curve, from, to)]] : [];
    }),
  );
}

/** Ends relative to their nodes' centres; control points along and across the straight line between the centres. */
export function toLineData(curve: Curve, source: Point, target: Point): LineData {
  const controls = [curve.control1, curve.control2].map((control) => project(control, source, target));
  return {
    sourceEnd: relative(curve.start, source),
    targetEnd: relative(curve.end, target),
    weights: controls.map(({ along }) => along),
    distances: controls.map(({ across }) => across),
  };
}

function relative(point: Point, centre: Point): string {
  return `${round(point.x - centre.x)}px ${round(point.y - centre.y)}px`;
}

function project(
  point: Point,
  start: Point,
  end: Point,
): { readonly along: number; readonly across: number } {
  const dx = end.x - start.x;
  const dy = end.y - start.y;
  const length = Math.hypot(dx, dy) || 1;
  const px = point.x - start.x;
  const py = point.y - start.y;
  return {
    along: Math.round(((px * dx + py * dy) / (length * length)) * 1000) / 1000,
    across: round((py * dx - px * dy) / length),
  };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
