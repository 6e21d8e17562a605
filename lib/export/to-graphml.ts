import type { GraphNode } from '#lib/contracts/graph.ts';
import { portText, verdicts } from '#lib/picture/amounts.ts';
import type { ShownGraph } from '#lib/picture/compared-graph.ts';
import { type ExportedGraph, exportedGraph } from './exported-graph.ts';
import { xmlText } from './xml-text.ts';

type Value = string | number | boolean | null | undefined;

/** A fact that a file may have of a node, an edge or the graph, with its type in GraphML. */
type Fact<T> = readonly [name: string, type: 'string' | 'long' | 'boolean', read: (of: T) => Value];

const ofNodes: readonly Fact<GraphNode>[] = [
  ['label', 'string', ({ label }) => label],
  ['kind', 'string', ({ kind }) => kind],
  ['cluster', 'string', ({ cluster }) => cluster],
  ['namespace', 'string', ({ namespace }) => namespace],
  ['inScope', 'boolean', ({ inScope }) => inScope],
  ['parent', 'string', ({ parent }) => parent],
  ['expanded', 'boolean', ({ expanded }) => expanded],
];

const ofEdges: readonly Fact<ExportedGraph['edges'][number]>[] = [
  ['ports', 'string', ({ ports }) => ports.map(portText).join('; ')],
  ['edgeInScope', 'string', ({ inScope }) => inScope],
  ...verdicts.flatMap((verdict): readonly Fact<ExportedGraph['edges'][number]>[] => [
    [`${verdict}Flows`, 'long', (edge) => edge[verdict].flows],
    [`${verdict}Connections`, 'long', (edge) => edge[verdict].connections],
    [`${verdict}Bytes`, 'long', (edge) => edge[verdict].bytes],
    [`${verdict}Packets`, 'long', (edge) => edge[verdict].packets],
    [`${verdict}Partial`, 'boolean', (edge) => edge[verdict].partial],
  ]),
  ['lastSeenAt', 'string', ({ lastSeenAt }) => lastSeenAt],
  ['overlay', 'string', ({ overlay }) => overlay?.name],
  ['overlayValue', 'string', ({ overlay }) => overlay?.value],
  ['overlayDetail', 'string', ({ overlay }) => overlay?.detail],
  ['change', 'string', ({ change }) => change],
];

const ofGraph: readonly Fact<ExportedGraph>[] = [
  ['windowFrom', 'string', ({ window }) => window.answered.from],
  ['windowTo', 'string', ({ window }) => window.answered.to],
  ['level', 'string', ({ level }) => level],
];

/** GraphML (http://graphml.graphdrawing.org/specification.html), as Gephi, yEd and NetworkX read it. */
export function toGraphml(shown: ShownGraph): string {
  const graph = exportedGraph(shown);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">',
    ...keys('graph', ofGraph),
    ...keys('node', ofNodes),
    ...keys('edge', ofEdges),
    '<graph id="flowloom" edgedefault="directed">',
    ...facts(ofGraph, graph),
    ...graph.nodes.flatMap((node) => [`<node id="${xmlText(node.id)}">`, ...facts(ofNodes, node), '</node>']),
    ...graph.edges.flatMap((edge) => [
      `<edge id="${xmlText(edge.id)}" source="${xmlText(edge.source)}" target="${xmlText(edge.target)}">`,
      ...facts(ofEdges, edge),
      '</edge>',
    ]),
    '</graph>',
    '</graphml>',
    '',
  ].join('\n');
}

function keys<T>(of: string, known: readonly Fact<T>[]): readonly string[] {
  return known.map(
    ([name, type]) => `<key id="${name}" for="${of}" attr.name="${name}" attr.type="${type}"/>`,
  );
}

/** What nobody knows is left out, which is not 0. */
function facts<T>(known: readonly Fact<T>[], of: T): readonly string[] {
  return known.flatMap(([name, , read]) => {
    const value = read(of);
    return value === null || value === undefined
      ? []
      : [`<data key="${name}">${xmlText(String(value))}</data>`];
  });
}
