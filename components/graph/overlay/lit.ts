import type { GraphView } from '#lib/picture/view.ts';
import type { Emphasis } from '../filter/filtered-graph.ts';

/** What the overlay lights stands out as what is filtered does; what somebody looks for comes before it. */
export function withLit(emphasis: Emphasis, { lit, nodes, edges }: GraphView): Emphasis {
  if (lit === null || emphasis.found !== null || emphasis.faded.size > 0) return emphasis;
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const shining = new Set<string>();
  for (const { id, nodeId } of nodes) {
    if (!lit.nodes.has(nodeId)) continue;
    // With the frames around it.
    for (let at = byId.get(id); at !== undefined; at = at.parent === null ? undefined : byId.get(at.parent))
      shining.add(at.nodeId);
  }
  return {
    ...emphasis,
    faded: new Set(edges.flatMap(({ id }) => (lit.edges.has(id) ? [] : [id]))),
    fadedNodes: new Set(nodes.flatMap(({ nodeId }) => (shining.has(nodeId) ? [] : [nodeId]))),
  };
}
