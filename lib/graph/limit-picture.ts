import type { GraphDocument, GraphEdge, Level } from '#lib/contracts/graph.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import type { Picture } from './aggregate.ts';
import { flowsOf } from './flows-of.ts';

type Limit = { readonly nodes: number; readonly edges: number };

/**
 * What can still be read, and drawn without keeping the page from anything else: see
 * docs/decisions/0022-too-large-is-answered.md for what was measured.
 */
export const readable: Limit = { nodes: 1_200, edges: 2_500 };

export type Limited = Picture & Pick<GraphDocument, 'truncated'>;

/**
 * A picture beyond the limit keeps its busiest nodes; of the edges first what was denied or dropped, then the
 * strongest one of every node, so that none loses its place, then the strongest of the rest. Goes over redacted
 * edges alone: what a viewer may not see neither counts nor is counted.
 */
export function limitPicture({ nodes, edges }: Picture, level: Level, limit: Limit = readable): Limited {
  if (nodes.length <= limit.nodes && edges.length <= limit.edges) return { nodes, edges, truncated: null };
  const order = edges.toSorted((a, b) => compare(b, a));
  const kept = busiestNodes(nodes, order, limit.nodes);
  const within = order.filter(({ source, target }) => kept.has(source) && kept.has(target));
  const strongest = strongestOfEach(within);
  const chosen = [...within.filter(isRefused), ...strongest, ...within];
  const ids = new Set<string>();
  for (const { id } of chosen) {
    if (ids.size >= limit.edges) break;
    ids.add(id);
  }
  const drawn = edges.filter(({ id }) => ids.has(id));
  const ends = withAround(
    drawn.flatMap(({ source, target }) => [source, target]),
    nodes,
  );
  const left = nodes.filter(({ id }) => ends.has(id));
  return {
    nodes: left,
    edges: drawn,
    truncated: {
      nodes: nodes.length - left.length,
      edges: edges.length - drawn.length,
      by: 'strongest',
      hint: hints[level],
    },
  };
}

/** These nodes and the opened ones around them. */
function withAround(ids: readonly string[], nodes: Picture['nodes']): ReadonlySet<string> {
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
  const all = new Set<string>();
  for (const id of ids) {
    for (let at: string | undefined = id; at !== undefined && !all.has(at); at = parents.get(at)) all.add(at);
  }
  return all;
}

const hints: Readonly<Record<Level, string>> = {
  port: 'level=workload groups all of it; a filter such as port == 443 or denied > 0 shows a part whole; size=whole shows everything',
  workload:
    'level=namespace groups all of it; a filter such as namespace == "shop" or denied > 0 shows a part whole; size=whole shows everything',
  namespace:
    'group=label or group=community groups namespaces, level=cluster groups all of it; a filter such as namespace == "shop" or denied > 0 shows a part whole; size=whole shows everything',
  cluster: 'a filter such as cluster == "prod" or denied > 0 shows a part whole; size=whole shows everything',
};

function isRefused({ denied, dropped }: GraphEdge): boolean {
  return denied.flows + dropped.flows > 0;
}

/** By flows, which every source counts; then by id, so that the same graph is cut the same way. */
function compare(a: GraphEdge, b: GraphEdge): number {
  return flowsOf(a) - flowsOf(b) || (a.id < b.id ? 1 : -1);
}

function busiestNodes(
  nodes: Picture['nodes'],
  edges: readonly GraphEdge[],
  most: number,
): ReadonlySet<string> {
  if (nodes.length <= most) return new Set(nodes.map(({ id }) => id));
  const volumes = new Map<string, number>();
  const add = (id: string, volume: number) => volumes.set(id, (volumes.get(id) ?? 0) + volume);
  for (const edge of edges) {
    // What was refused is what one looks for: its ends come before any other.
    const volume = flowsOf(edge) + (isRefused(edge) ? 1e12 : 0);
    add(edge.source, volume);
    add(edge.target, volume);
  }
  const ids = nodes.map(({ id }) => id);
  return new Set(
    ids.toSorted((a, b) => (volumes.get(b) ?? 0) - (volumes.get(a) ?? 0) || compareText(a, b)).slice(0, most),
  );
}

/** The strongest edge to another node, of every node. */
function strongestOfEach(order: readonly GraphEdge[]): readonly GraphEdge[] {
  const seen = new Set<string>();
  return order.filter(({ source, target }) => {
    if (source === target || (seen.has(source) && seen.has(target))) return false;
    seen.add(source);
    seen.add(target);
    return true;
  });
}
