import { type Palette, paletteNames, palettes } from '#lib/picture/palette.ts';

/** The palette of the theme that is on, read from the page's tokens: Cytoscape paints on a canvas and knows no variables. */
export function readPalette(): Palette {
  const styles = getComputedStyle(document.documentElement);
  const read = (name: string) => styles.getPropertyValue(`--${name}`).trim();
  return { ...palettes.light, ...Object.fromEntries(paletteNames.map((name) => [name, read(name)])) };
}
