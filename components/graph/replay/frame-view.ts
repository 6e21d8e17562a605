import type { GraphDocument } from '#lib/contracts/graph.ts';
import { totalsOf } from '#lib/picture/amounts.ts';
import type { GraphView } from '#lib/picture/view.ts';
import type { Emphasis } from '../filter/filtered-graph.ts';

/** The picture of a frame: what was denied at a node is what was denied in the frame. */
export function withFrameDenials(view: GraphView, { faded }: Emphasis): GraphView {
  const lively = view.edges.filter(({ id }) => !faded.has(id));
  const into = Map.groupBy(lively, ({ targetId }) => targetId);
  return {
    ...view,
    nodes: view.nodes.map((node) => ({
      ...node,
      deniedHere:
        node.deniedHere === 0
          ? 0
          : (into.get(node.nodeId) ?? []).reduce((sum, { denied }) => sum + (denied.value ?? 0), 0),
    })),
  };
}

/** The frame alone, for what adds it up. */
export function frameAlone(view: GraphView, { edges }: GraphDocument, { faded }: Emphasis): GraphView {
  return {
    ...view,
    edges: view.edges.filter(({ id }) => !faded.has(id)),
    totals: totalsOf(edges.filter(({ id }) => !faded.has(id))),
  };
}
