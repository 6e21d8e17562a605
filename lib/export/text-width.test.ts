import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, it } from 'vitest';
import { asciiWidths, textWidth } from './text-width.ts';

const require = createRequire(import.meta.url);

/** Advance widths of a TrueType font, by the tables `cmap` (format 12), `hmtx`, `hhea` and `head`. */
function readFont(file: string): (letter: string) => number {
  const font = readFileSync(require.resolve(file));
  const tables = new Map(
    Array.from({ length: font.readUInt16BE(4) }, (_, index) => {
      const at = 12 + 16 * index;
      return [font.toString('latin1', at, at + 4), font.readUInt32BE(at + 8)] as const;
    }),
  );
  const table = (name: string) => tables.get(name) ?? 0;
  const perEm = font.readUInt16BE(table('head') + 18);
  const metrics = font.readUInt16BE(table('hhea') + 34);
  const maps = Array.from(
    { length: font.readUInt16BE(table('cmap') + 2) },
    (_, index) => table('cmap') + font.readUInt32BE(table('cmap') + 8 + 8 * index),
  );
  const map = maps.find((at) => font.readUInt16BE(at) === 12) ?? 0;
  const glyphOf = (code: number) => {
    for (let group = 0; group < font.readUInt32BE(map + 12); group += 1) {
      const at = map + 16 + 12 * group;
      const first = font.readUInt32BE(at);
      if (code >= first && code <= font.readUInt32BE(at + 4)) return font.readUInt32BE(at + 8) + code - first;
    }
    return 0;
  };
  return (letter) => {
    const glyph = Math.min(glyphOf(letter.codePointAt(0) ?? 0), metrics - 1);
    return Math.round((font.readUInt16BE(table('hmtx') + 4 * glyph) * 1_000) / perEm);
  };
}

it('has the widths of the font', () => {
  const widthOf = readFont('@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf');
  const read = asciiWidths.map((_, index) => widthOf(String.fromCharCode(0x20 + index)));
  expect(read).toEqual(asciiWidths);
});

it.each([
  ['regular', '400Regular/Inter_400Regular.ttf'],
  ['bold', '600SemiBold/Inter_600SemiBold.ttf'],
] as const)('names in %s fit the width that is told', (weight, file) => {
  const widthOf = readFont(`@expo-google-fonts/inter/${file}`);
  for (const name of ['kube-system', 'paymentservice-canary', 'Public network', 'äöü ЖЯ …']) {
    const real = [...name].reduce((sum, letter) => sum + widthOf(letter), 0) / 1_000;
    expect(textWidth(name, 1, weight)).toBeGreaterThanOrEqual(real * 0.995);
  }
});
