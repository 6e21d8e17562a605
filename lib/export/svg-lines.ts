import type { Curve } from '#lib/graph/layout/curve.ts';
import type { Point } from '#lib/graph/layout/types.ts';
import { changeSigns } from '#lib/picture/change-signs.ts';
import { changeLooks, crowded, crowdOpacity, standsOut } from '#lib/picture/line-look.ts';
import { type ToneLook, toneLooks } from '#lib/picture/overlay/tones.ts';
import type { Palette } from '#lib/picture/palette.ts';
import type { StrandView } from '#lib/picture/view.ts';
import { px, textAt } from './svg-parts.ts';
import { textWidth } from './text-width.ts';
import { xmlText } from './xml-text.ts';

/** How a line of a picture with so many of them looks. */
export function lineLook({ tone, change }: StrandView, count: number): ToneLook {
  const own = toneLooks[tone];
  const opacity = standsOut(tone) ? crowdOpacity.outstanding : crowdOpacity.rest;
  const inCrowd = count > crowded ? { ...own, opacity } : own;
  return change === 'same' || change === 'new' || change === 'gone'
    ? { ...inCrowd, ...changeLooks[change] }
    : inCrowd;
}

/** A line with its end, and what it is for whoever points at it. */
export function lineMarkup(
  { width }: StrandView,
  { look, curve, title }: { readonly look: ToneLook; readonly curve: Curve; readonly title: string },
  palette: Palette,
): string {
  const colour = palette[look.colour];
  const end = endOf(curve, look, width);
  const dash = look.dash === null ? '' : ` stroke-dasharray="${look.dash.join(' ')}"`;
  return `<g opacity="${px(look.opacity)}"><title>${xmlText(title)}</title><path d="${pathOf(curve, end.lineEnd)}" fill="none" stroke="${colour}" stroke-width="${px(width)}"${dash}/><path d="${end.path}" fill="${colour}"/></g>`;
}

/** The sign of what became of a line, in its middle. */
export function signMarkup({ change }: StrandView, curve: Curve, palette: Palette): string {
  if (change === null || change === 'same') return '';
  const { x, y } = middleOf(curve);
  const sign = changeSigns[change];
  const width = textWidth(sign, 11, 'bold') + 6;
  const fill = change === 'new' ? palette.accent : palette.canvas;
  const edge = change === 'new' ? palette.accent : palette.line;
  const colour = change === 'new' ? palette.surface : change === 'gone' ? palette.muted : palette.text;
  return `<rect x="${px(x - width / 2)}" y="${px(y - 9)}" width="${px(width)}" height="18" rx="4" fill="${fill}" stroke="${edge}"/>${textAt(x, y + 4, sign, { size: 11, weight: 'bold', fill: colour, anchor: 'middle' })}`;
}

/** Two quadratic curves that meet half-way between the control points: so the canvas draws it. */
function pathOf(curve: Curve, end: Point): string {
  const middle = middleOf(curve);
  return `M${at(curve.start)}Q${at(curve.control1)} ${at(middle)}Q${at(curve.control2)} ${at(end)}`;
}

function middleOf({ control1, control2 }: Curve): Point {
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
function endOf(
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
