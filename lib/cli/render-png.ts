import { createRequire } from 'node:module';
import { err, ok, type Result } from '#lib/kit/result.ts';

const require = createRequire(import.meta.url);

/** The product's font. Those of the machine are left out: the same picture is the same bytes on each of them. */
const fontFiles = () => [
  require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  require.resolve('@expo-google-fonts/inter/500Medium/Inter_500Medium.ttf'),
  require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
];

/** Pixels for each unit of the picture, so that it is sharp in print; less where it would be larger than `most`. */
const scale = 2;
const mostPixels = 16_000;

/** A picture in pixels, or why this machine cannot make one. */
export async function renderPng(svg: string): Promise<Result<Uint8Array, string>> {
  const library = await import('@resvg/resvg-js').catch(() => null);
  if (library === null) {
    return err('this machine has no renderer for PNG; use --format svg, or export PNG in the browser');
  }
  const font = {
    loadSystemFonts: false,
    fontFiles: fontFiles(),
    defaultFontFamily: 'Inter',
    sansSerifFamily: 'Inter',
  };
  const { width, height } = new library.Resvg(svg, { font: { loadSystemFonts: false } });
  const value = Math.min(scale, mostPixels / Math.max(width, height));
  return ok(new library.Resvg(svg, { font, fitTo: { mode: 'zoom', value } }).render().asPng());
}
