import { writeFile } from 'node:fs/promises';
import type { Scope } from '#lib/access/scope.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type DrawAsked, drawGraph } from '#lib/export/draw-graph.ts';
import { type ExportFormat, isPicture } from '#lib/export/formats.ts';
import { clusterNames } from '#lib/export/stamp.ts';
import { writeData } from '#lib/export/write-data.ts';
import { keptPlaces } from '#lib/server/kept-places.ts';
import { usageError } from './exit.ts';
import { renderPng } from './render-png.ts';

type Asked = DrawAsked & { readonly format: ExportFormat };

/** A graph as a file in this format: the bytes. Kept places of the screen are those of the viewer's scope. */
export async function graphFile(
  document: GraphDocument,
  { reader, scope }: { readonly reader: Reader; readonly scope: Scope },
  { format, ...asked }: Asked,
): Promise<string | Uint8Array> {
  if (!isPicture(format)) return writeData(document, format);
  const clusters = clusterNames(document, asked.clusters);
  const placeOf = await keptPlaces(reader, scope, { clusters, level: document.level });
  const svg = drawGraph(
    document,
    { ...asked, clusters },
    ({ nodes }) =>
      new Map(
        nodes.flatMap(({ id }) => {
          const place = placeOf(id);
          return place === undefined ? [] : [[id, place] as const];
        }),
      ),
  );
  if (format === 'svg') return svg;
  const png = await renderPng(svg);
  if (!png.ok) throw usageError(png.error);
  return png.value;
}

/** Into the file, or onto standard output where none is named; pixels are nothing for a terminal. */
export async function writeOut(content: string | Uint8Array, file: string | undefined): Promise<void> {
  if (file !== undefined && file !== '-') {
    await writeFile(file, content);
    return;
  }
  if (typeof content !== 'string' && process.stdout.isTTY) {
    throw usageError('a PNG is no text for a terminal: name a file with --out FILE, or send it on with |');
  }
  await new Promise<void>((resolve) => process.stdout.write(content, () => resolve()));
}
