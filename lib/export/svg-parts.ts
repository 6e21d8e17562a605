import { px } from '#lib/picture/px.ts';
import { textWidth, type Weight } from './text-width.ts';
import { xmlText } from './xml-text.ts';

/** Pieces of an SVG document that all of its parts are made of. */

const weights: Readonly<Record<Weight, number>> = { regular: 400, medium: 500, bold: 600 };

export type TextLook = {
  readonly size: number;
  readonly fill: string;
  readonly weight?: Weight;
  readonly anchor?: 'start' | 'middle' | 'end';
  /** The room that it has: without the font of the product another one is pressed into it. */
  readonly room?: number;
};

/** A line of text, standing on `y`. */
export function textAt(x: number, y: number, text: string, look: TextLook): string {
  const { size, fill, weight = 'regular', anchor = 'start', room } = look;
  const length =
    room === undefined
      ? ''
      : ` textLength="${px(Math.min(room, textWidth(text, size, weight)))}" lengthAdjust="spacingAndGlyphs"`;
  const side = anchor === 'start' ? '' : ` text-anchor="${anchor}"`;
  return `<text x="${px(x)}" y="${px(y)}" font-size="${px(size)}" font-weight="${weights[weight]}" fill="${fill}"${side}${length} xml:space="preserve">${xmlText(text)}</text>`;
}

/** A text as far as it fits: its end makes way for dots. */
export function fitted(text: string, room: number, size: number, weight: Weight = 'regular'): string {
  if (textWidth(text, size, weight) <= room) return text;
  const letters = [...text];
  while (letters.length > 1 && textWidth(`${letters.join('')}…`, size, weight) > room) letters.pop();
  return `${letters.join('')}…`;
}
