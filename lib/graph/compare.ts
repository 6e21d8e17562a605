import type { Comparison, EdgeChange } from '#lib/contracts/compare.ts';
import type { Counters, GraphEdge, GraphNode } from '#lib/contracts/graph.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import type { Picture } from './aggregate.ts';
import { flowsOf } from './flows-of.ts';

/** The graph of a window, and how long the window is that it counts. */
export type Measured = Picture & { readonly lengthMs: number };

/**
 * Two windows as one graph: every edge of either, with the counters of both and what became of it. Windows may
 * differ in length, so that rates are compared.
 */
export function compareGraphs(now: Measured, base: Measured): Pick<Comparison, 'nodes' | 'edges'> {
  const before = new Map(base.edges.map((edge) => [edge.id, edge]));
  const here = new Set(now.edges.map(({ id }) => id));
  const changeOf = (counters: number, baseCounters: number): EdgeChange =>
    changeOfRate({ flows: counters, ms: now.lengthMs }, { flows: baseCounters, ms: base.lengthMs });
  const compared = (edge: GraphEdge, then: CountersByVerdict): Comparison['edges'][number] => ({
    ...edge,
    base: { allowed: then.allowed, denied: then.denied, dropped: then.dropped },
    change: changeOf(flowsOf(edge), flowsOf(then)),
    changes: {
      allowed: changeOf(edge.allowed.flows, then.allowed.flows),
      denied: changeOf(edge.denied.flows, then.denied.flows),
      dropped: changeOf(edge.dropped.flows, then.dropped.flows),
    },
  });
  const gone = base.edges.filter(({ id }) => !here.has(id));
  return {
    nodes: mergeNodes(now.nodes, base.nodes),
    edges: [
      ...now.edges.map((edge) => compared(edge, before.get(edge.id) ?? nothing)),
      ...gone.map((edge) => compared({ ...edge, ...nothing }, edge)),
    ].sort(byId),
  };
}

type Rate = { readonly flows: number; readonly ms: number };

/** Rates are the same where they differ by at most a fifth of the higher one, whichever window that is. */
export function changeOfRate(now: Rate, base: Rate): EdgeChange {
  if (base.flows === 0) return now.flows === 0 ? 'same' : 'new';
  if (now.flows === 0) return 'gone';
  // Over a common denominator: no rounding makes a difference of what is none.
  const [current, former] = [now.flows * base.ms, base.flows * now.ms];
  if (Math.abs(current - former) * 5 <= Math.max(current, former)) return 'same';
  return current > former ? 'more' : 'less';
}

type CountersByVerdict = Pick<GraphEdge, 'allowed' | 'denied' | 'dropped'>;

const none: Counters = { flows: 0, connections: 0, bytes: 0, packets: 0, partial: false };
const nothing: CountersByVerdict = { allowed: none, denied: none, dropped: none };

/** A node is in scope where it is in either window. */
function mergeNodes(now: readonly GraphNode[], base: readonly GraphNode[]): GraphNode[] {
  const nodes = new Map(now.map((node) => [node.id, node]));
  for (const node of base) {
    const known = nodes.get(node.id);
    nodes.set(node.id, known ? { ...known, inScope: known.inScope || node.inScope } : node);
  }
  return [...nodes.values()].sort(byId);
}

function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return compareText(a.id, b.id);
}
