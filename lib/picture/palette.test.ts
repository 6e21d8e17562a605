import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { paletteNames, palettes } from './palette.ts';

const css = readFileSync('app/globals.css', 'utf8');
const [light = '', dark = ''] = css.split(":root[data-theme='dark'] {");

it.each(paletteNames)('the page has %s in the colours of the exported picture', (name) => {
  const token = new RegExp(`--${name}: (#[0-9a-f]{6});`);
  expect(token.exec(light)?.[1]).toBe(palettes.light[name]);
  expect(token.exec(dark)?.[1]).toBe(palettes.dark[name]);
});
