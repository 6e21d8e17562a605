import type { Scope } from '#lib/access/scope.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type DrawAsked, drawGraph } from '#lib/export/draw-graph.ts';
import { fileName } from '#lib/export/file-name.ts';
import { type DataFormat, formats } from '#lib/export/formats.ts';
import { clusterNames } from '#lib/export/stamp.ts';
import { writeData } from '#lib/export/write-data.ts';
import { placeKey } from '#lib/graph/layout/place-key.ts';
import { placesOf } from './positions.ts';

/**
 * A graph document as the text of a file. A picture of one cluster has its nodes where the screen keeps them for
 * whoever sees the same; the others are laid out around them.
 */
export async function exportGraph(
  { reader, scope }: { readonly reader: Reader; readonly scope: Scope },
  document: GraphDocument,
  { format, ...asked }: DrawAsked & { readonly format: DataFormat | 'svg' },
): Promise<string> {
  if (format !== 'svg') return writeData(document, format);
  const clusters = clusterNames(document, asked.clusters);
  const [cluster] = clusters;
  const isOne = cluster !== undefined && clusters.length === 1;
  const places = isOne ? await placesOf(reader, scope, { cluster, layout: 'layered' }) : {};
  return drawGraph(
    document,
    { ...asked, clusters },
    ({ nodes }) =>
      new Map(
        nodes.flatMap(({ id }) => {
          const place = places[placeKey(`${document.level} ${id}`)];
          return place === undefined ? [] : [[id, { x: place[0], y: place[1] }] as const];
        }),
      ),
  );
}

/** The same under a name that says what it is of and when. */
export async function exportedFile(
  viewer: { readonly reader: Reader; readonly scope: Scope },
  document: GraphDocument,
  asked: DrawAsked & { readonly format: DataFormat | 'svg' },
): Promise<{ readonly name: string; readonly type: string; readonly lines: AsyncIterator<string> }> {
  const text = await exportGraph(viewer, document, asked);
  const { format, clusters } = asked;
  return { name: fileName(document, clusters, format), type: formats[format].type, lines: whole(text) };
}

async function* whole(text: string): AsyncGenerator<string, void> {
  yield text;
}
