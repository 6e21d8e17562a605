/**
 * How wide a text is without a page to measure it on: advance widths of Inter in medium weight, in thousandths of
 * the font's size, from space to tilde. A test reads them from the font.
 */
export const asciiWidths: readonly number[] = [
  267, 304, 494, 639, 646, 993, 653, 313, 369, 369, 521, 667, 303, 462, 303, 370, 646, 415, 616, 627, 656,
  603, 630, 571, 629, 630, 303, 315, 667, 667, 667, 527, 982, 709, 657, 733, 722, 603, 589, 748, 745, 272,
  575, 688, 565, 913, 756, 767, 642, 769, 648, 646, 653, 740, 709, 1003, 701, 696, 641, 369, 370, 369, 477,
  463, 337, 568, 618, 577, 618, 587, 379, 620, 602, 252, 252, 559, 252, 888, 602, 604, 618, 618, 387, 539,
  340, 602, 575, 829, 557, 575, 559, 440, 346, 440, 667,
];

/** Of what the table does not have: the widest Latin and Cyrillic letters, and a square for what is written in squares. */
const lettersWidth = 1_000;
const squareWidth = 1_300;

/** Semi-bold letters are hardly wider. */
const boldFactor = 1.03;

export type Weight = 'regular' | 'medium' | 'bold';

/** The width of a line of text, in the unit of `size`; rather too wide than too narrow. */
export function textWidth(text: string, size: number, weight: Weight = 'medium'): number {
  let thousandths = 0;
  for (const letter of text) {
    const code = letter.codePointAt(0) ?? 0;
    thousandths += asciiWidths[code - 0x20] ?? (code < 0x1100 || letter === '…' ? lettersWidth : squareWidth);
  }
  return (thousandths / 1_000) * size * (weight === 'bold' ? boldFactor : 1);
}
