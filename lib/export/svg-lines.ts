import type { Curve } from '#lib/graph/layout/curve.ts';
import { changeSigns } from '#lib/picture/change-signs.ts';
import { lineEnd, linePath, middleOf } from '#lib/picture/line-path.ts';
import type { ToneLook } from '#lib/picture/overlay/tones.ts';
import type { Palette } from '#lib/picture/palette.ts';
import { px } from '#lib/picture/px.ts';
import type { StrandView } from '#lib/picture/view.ts';
import { textAt } from './svg-parts.ts';
import { textWidth } from './text-width.ts';
import { xmlText } from './xml-text.ts';

/** A line with its end, and what it is for whoever points at it. */
export function lineMarkup(
  { width }: StrandView,
  { look, curve, title }: { readonly look: ToneLook; readonly curve: Curve; readonly title: string },
  palette: Palette,
): string {
  const colour = palette[look.colour];
  const end = lineEnd(curve, look, width);
  const dash = look.dash === null ? '' : ` stroke-dasharray="${look.dash.join(' ')}"`;
  return `<g opacity="${px(look.opacity)}"><title>${xmlText(title)}</title><path d="${linePath(curve, end.lineEnd)}" fill="none" stroke="${colour}" stroke-width="${px(width)}"${dash}/><path d="${end.path}" fill="${colour}"/></g>`;
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
