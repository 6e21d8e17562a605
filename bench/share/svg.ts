import type { GraphDocument } from '#lib/contracts/graph.ts';
import { drawGraph } from '#lib/export/draw-graph.ts';
import { placePicture } from '#lib/export/place-picture.ts';
import { seededRandom } from '#lib/graph/layout/random.ts';
import { toGraphView } from '#lib/picture/view-model.ts';

const size = { nodes: 300, edges: 2_000 };
const runs = 5;

/**
 * An SVG of 300 nodes and 2,000 edges: laid out anew, and with every node where the screen has it. The document is
 * made here; medians of five.
 */
export async function svgCase() {
  const graph = estate();
  const asked = { theme: 'light', clusters: ['prod'], overlay: '', filter: '', hide: '' } as const;
  const places = placePicture(toGraphView(graph), new Map());
  const laidOut = Array.from({ length: runs }, () => timed(() => drawGraph(graph, asked, () => new Map())));
  const placed = Array.from({ length: runs }, () => timed(() => drawGraph(graph, asked, () => places)));
  return {
    svgNodes: graph.nodes.length,
    svgEdges: graph.edges.length,
    svgMs: median(laidOut.map(({ ms }) => ms)),
    // What other work on the machine disturbs less than the clock.
    svgCpuMs: median(laidOut.map(({ cpuMs }) => cpuMs)),
    svgOfKeptPlacesMs: median(placed.map(({ ms }) => ms)),
    svgBytes: laidOut[0]?.text.length ?? 0,
  };
}

function timed(work: () => string) {
  const startedMs = performance.now();
  const before = process.cpuUsage();
  const text = work();
  const { user, system } = process.cpuUsage(before);
  return {
    ms: Math.round(performance.now() - startedMs),
    cpuMs: Math.round((user + system) / 1_000),
    text,
  };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

/** Namespaces of which a few are talked to by most, as the ones of a platform are; the same every time. */
function estate(): GraphDocument {
  const span = { from: '2026-03-14T03:00:00.000Z', to: '2026-03-14T09:00:00.000Z' };
  const nodes = Array.from({ length: size.nodes }, (_, index) => ({
    id: `prod/namespace/team-${index}`,
    kind: 'namespace' as const,
    cluster: 'prod',
    namespace: `team-${index}`,
    label: `team-${index}`,
    inScope: true,
  }));
  const random = seededRandom(1);
  const pairs = new Map<string, readonly [number, number]>();
  while (pairs.size < size.edges) {
    const source = Math.floor(random() * size.nodes);
    const target = Math.floor(random() ** 2.5 * size.nodes);
    if (source !== target) pairs.set(`${source} ${target}`, [source, target]);
  }
  const counted = (flows: number) => ({
    flows,
    connections: flows,
    bytes: null,
    packets: null,
    partial: false,
  });
  return {
    window: { requested: span, answered: span, pieces: [{ ...span, grain: '1h' }] },
    level: 'namespace',
    completeness: { sources: [], gaps: [], isByNode: true, gapsLeftOut: 0, lostEvents: 0, rejected: 0 },
    nodes,
    edges: [...pairs.values()].map(([source, target], index) => ({
      id: `edge-${index}`,
      source: `prod/namespace/team-${source}`,
      target: `prod/namespace/team-${target}`,
      inScope: 'both' as const,
      allowed: counted(index % 9 === 0 ? 0 : (index % 97) + 1),
      denied: counted(index % 9 === 0 ? 3 : 0),
      dropped: counted(0),
      ports: [{ protocol: 'tcp', port: 443 }],
      lastSeenAt: span.to,
    })),
    truncated: null,
  };
}
