import type { ShownGraph } from '#lib/picture/compared-graph.ts';
import { exportedGraph } from './exported-graph.ts';
import type { DataFormat } from './formats.ts';
import { toCsv } from './to-csv.ts';
import { toDot } from './to-dot.ts';
import { toGraphml } from './to-graphml.ts';
import { toMermaid } from './to-mermaid.ts';

const writers: Readonly<Record<DataFormat, (graph: ShownGraph) => string>> = {
  csv: toCsv,
  json: (graph) => `${JSON.stringify(exportedGraph(graph))}\n`,
  graphml: toGraphml,
  mermaid: toMermaid,
  dot: toDot,
};

/** The graph as the text of a file; the same graph gives the same bytes. */
export function writeData(graph: ShownGraph, format: DataFormat): string {
  return writers[format](graph);
}
