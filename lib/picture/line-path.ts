import type { Curve } from '#lib/graph/layout/curve.ts';
import type { Point } from '#lib/graph/layout/types.ts';
import type { ToneLook } from './overlay/tones.ts';
import { px } from './px.ts';

/** Runs and ends of lines as path data: what SVG and the canvas of the browser read alike. */

/** Two quadratic curves that meet half-way between the control points: so the canvas draws it. */
export function linePath(curve: Curve, end: Point): string {
  const middle = middleOf(curve);
  return `M${at(curve.start)}Q${at(curve.control1)} ${at(middle)}Q${at(curve.control2)} ${at(end)}`;
}

/** Half-way between the control points: a point of the line. */
export function middleOf({ control1, control2 }: Curve): Point {
  return { x: (control1.x + control2.x) / 2, y: (control1.y + control2.y) / 2 };
}

function at({ x, y }: Point): string {
  return `${px(x)} ${px(y)}`;
}

/** Outlines of the ends, the tip at 0 0 and the line coming from above; in parts of their size. */
const outlines = {
  triangle: [
    [-0.15, -0.3],
    [0, 0],
    [0.15, -0.3],
  ],
  vee: [
    [-0.15, -0.3],
    [0, 0],
    [0.15, -0.3],
    [0, -0.15],
  ],
  tee: [
    [-0.15, 0],
    [-0.15, -0.1],
    [0.15, -0.1],
    [0.15, 0],
  ],
} as const;

/** The end of a line and where the line itself stops, so that it does not stick out of it; sizes are the canvas's. */
export function lineEnd(
  { control2, end }: Curve,
  { end: shape }: ToneLook,
  width: number,
): { readonly path: string; readonly lineEnd: Point } {
  const scale = shape === 'tee' ? 0.9 : 0.75;
  const size = Math.max((width * 13.37) ** 0.9, 29) * scale;
  const length = Math.hypot(end.x - control2.x, end.y - control2.y) || 1;
  const along = { x: (end.x - control2.x) / length, y: (end.y - control2.y) / length };
  const back = shape === 'tee' ? 1 : Math.min(length, width * scale * 2);
  const points = outlines[shape].map(([across, down]) => ({
    x: end.x + along.x * down * size - along.y * across * size,
    y: end.y + along.y * down * size + along.x * across * size,
  }));
  return {
    path: `M${points.map(at).join('L')}Z`,
    lineEnd: { x: end.x - along.x * back, y: end.y - along.y * back },
  };
}
