import { fileName } from '#lib/export/file-name.ts';
import { type ExportFormat, formats, isPicture } from '#lib/export/formats.ts';
import { stampOf } from '#lib/export/stamp.ts';
import { legendOf } from '#lib/export/svg-legend.ts';
import { toSvg } from '#lib/export/to-svg.ts';
import { writeData } from '#lib/export/write-data.ts';
import type { ShownGraph } from '#lib/picture/compared-graph.ts';
import type { Overlay } from '#lib/picture/overlay/overlay.ts';
import type { Theme } from '#lib/picture/palette.ts';
import type { DrawnPicture } from '../canvas/controller.ts';
import { asDataAddress, pageFont } from './page-font.ts';

/** What the screen shows now, and what it was asked for. */
export type ShownPicture = {
  readonly graph: ShownGraph;
  readonly cluster: string;
  readonly overlay: Overlay;
  /** The window that it is compared with; null for none. */
  readonly base: { readonly from: string; readonly to: string } | null;
  readonly filter: string;
  readonly hide: string;
  readonly find: string;
};

export type PictureFile = { readonly name: string; readonly content: Blob };

/** Pixels of a PNG for each unit of the picture; no browser draws more than so many side by side. */
const scale = 2;
const mostPixels = 8_000;

/** What is on the screen as a file in this format. Throws where the browser has no room for so large a picture. */
export async function pictureFile(
  shown: ShownPicture,
  drawn: DrawnPicture,
  { format, theme }: { readonly format: ExportFormat; readonly theme: Theme },
): Promise<PictureFile> {
  const name = fileName(shown.graph, [shown.cluster], format);
  const { type } = formats[format];
  if (!isPicture(format)) return { name, content: new Blob([writeData(shown.graph, format)], { type }) };
  const plain = svgOf(shown, drawn, { theme, fontFaces: '' });
  if (format === 'svg') return { name, content: new Blob([plain], { type }) };
  const fontFaces = await pageFont(plain);
  return { name, content: await toPng(svgOf(shown, drawn, { theme, fontFaces })) };
}

/** The picture in light colours as a part of the page, as wide as its place. */
export function svgElement(shown: ShownPicture, drawn: DrawnPicture): Element {
  const svg = svgOf(shown, drawn, { theme: 'light', fontFaces: '' });
  const element = new DOMParser().parseFromString(svg, formats.svg.type).documentElement;
  element.setAttribute('width', '100%');
  element.removeAttribute('height');
  return document.importNode(element, true);
}

function svgOf(
  { graph, cluster, overlay, ...asked }: ShownPicture,
  drawn: DrawnPicture,
  { theme, fontFaces }: { readonly theme: Theme; readonly fontFaces: string },
): string {
  const stamp = stampOf(graph, { ...asked, clusters: [cluster], overlayTitle: overlay.title });
  return toSvg(drawn, { theme, stamp, legend: legendOf(graph, drawn.view), fontFaces });
}

async function toPng(svg: string): Promise<Blob> {
  const image = new Image();
  // The content security policy lets images come from the page and from data, and from nowhere else.
  image.src = await asDataAddress(new Blob([svg], { type: formats.svg.type }));
  await image.decode();
  const factor = Math.min(scale, mostPixels / Math.max(image.width, image.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(image.width * factor);
  canvas.height = Math.round(image.height * factor);
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  const content = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, formats.png.type));
  if (content === null) throw new Error('the browser gave no picture');
  return content;
}
