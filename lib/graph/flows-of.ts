import type { GraphEdge } from '#lib/contracts/graph.ts';

/** All flows of an edge, whatever became of them. */
export function flowsOf({
  allowed,
  denied,
  dropped,
}: Pick<GraphEdge, 'allowed' | 'denied' | 'dropped'>): number {
  return allowed.flows + denied.flows + dropped.flows;
}
