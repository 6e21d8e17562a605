import type { Counters, GraphNode } from '#lib/contracts/graph.ts';
import { type CsvCell, csvLine } from '#lib/kit/csv-line.ts';
import { portText, verdicts } from '#lib/picture/amounts.ts';
import type { ShownGraph } from '#lib/picture/compared-graph.ts';
import { exportedGraph } from './exported-graph.ts';

const ofEnd = ['id', 'kind', 'cluster', 'namespace', 'name'];
const ofVerdict = ['flows', 'connections', 'bytes', 'packets', 'partial'];

const head = [
  'window_from',
  'window_to',
  ...ofEnd.map((name) => `source_${name}`),
  ...ofEnd.map((name) => `target_${name}`),
  'in_scope',
  'ports',
  ...verdicts.flatMap((verdict) => ofVerdict.map((name) => `${verdict}_${name}`)),
  'last_seen_at',
  'overlay',
  'overlay_value',
  'overlay_detail',
  'change',
];

/** A line per edge, each with the window that it was counted in. */
export function toCsv(graph: ShownGraph): string {
  const { window, nodes, edges } = exportedGraph(graph);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const lines = edges.map((edge) =>
    csvLine([
      window.answered.from,
      window.answered.to,
      ...endCells(edge.source, byId.get(edge.source)),
      ...endCells(edge.target, byId.get(edge.target)),
      edge.inScope,
      edge.ports.map(portText).join('; '),
      ...verdicts.flatMap((verdict) => counterCells(edge[verdict])),
      edge.lastSeenAt,
      edge.overlay?.name ?? null,
      edge.overlay?.value ?? null,
      edge.overlay?.detail ?? null,
      edge.change ?? null,
    ]),
  );
  return [csvLine(head), ...lines].join('');
}

function endCells(id: string, node: GraphNode | undefined): readonly CsvCell[] {
  return [id, node?.kind ?? null, node?.cluster ?? null, node?.namespace ?? null, node?.label ?? null];
}

function counterCells({ flows, connections, bytes, packets, partial }: Counters): readonly CsvCell[] {
  return [flows, connections, bytes, packets, partial];
}
