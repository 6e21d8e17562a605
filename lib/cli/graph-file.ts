import { writeFile } from 'node:fs/promises';
import type { Scope } from '#lib/access/scope.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { DrawAsked } from '#lib/export/draw-graph.ts';
import type { ExportFormat } from '#lib/export/formats.ts';
import { exportGraph } from '#lib/server/export-graph.ts';
import { usageError } from './exit.ts';
import { renderPng } from './render-png.ts';

/** A graph as a file in this format: its text, or its bytes. */
export async function graphFile(
  viewer: { readonly reader: Reader; readonly scope: Scope },
  document: GraphDocument,
  { format, ...asked }: DrawAsked & { readonly format: ExportFormat },
): Promise<string | Uint8Array> {
  if (format !== 'png') return await exportGraph(viewer, document, { ...asked, format });
  const png = await renderPng(await exportGraph(viewer, document, { ...asked, format: 'svg' }));
  if (!png.ok) throw usageError(png.error);
  return png.value;
}

/** Into the file, or onto standard output where none is named; pixels are nothing for a terminal. */
export async function writeOut(content: string | Uint8Array, file: string | undefined): Promise<void> {
  if (file !== undefined && file !== '-') {
    await writeFile(file, content).catch((error: unknown) => {
      throw usageError(`--out ${file} cannot be written: ${error instanceof Error ? error.message : error}`);
    });
    return;
  }
  if (typeof content !== 'string' && process.stdout.isTTY) {
    throw usageError('a PNG is no text for a terminal: name a file with --out FILE, or send it on with |');
  }
  process.stdout.write(content);
}
