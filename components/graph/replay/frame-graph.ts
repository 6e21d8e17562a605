import type { GraphDocument } from '#lib/contracts/graph.ts';
import { nodesOf } from '#lib/graph/related.ts';
import type { ShownGraph } from '#lib/picture/compared-graph.ts';
import type { FilteredGraph } from '../filter/use-filtered-graph.ts';

/**
 * A frame in the picture of its whole window: what is active has the numbers of the frame, and everything
 * else stays where it is, so that nothing moves from frame to frame.
 */
export function frameIn(whole: ShownGraph, frame: GraphDocument): ShownGraph {
  const active = new Map(frame.edges.map((edge) => [edge.id, edge]));
  return { ...whole, edges: whole.edges.map((edge) => active.get(edge.id) ?? edge) };
}

/** The same with what is not active stepping back. */
export function fadeQuiet(filtered: FilteredGraph, frame: GraphDocument): FilteredGraph {
  const { document, emphasis } = filtered;
  const active = new Set(frame.edges.map(({ id }) => id));
  const lively = document.edges.filter(({ id }) => active.has(id) && !emphasis.faded.has(id));
  const ends = nodesOf(document, lively);
  const livelyIds = new Set(lively.map(({ id }) => id));
  return {
    ...filtered,
    edgesLeft: lively.length,
    emphasis: {
      ...emphasis,
      faded: new Set(document.edges.flatMap(({ id }) => (livelyIds.has(id) ? [] : [id]))),
      fadedNodes: new Set(document.nodes.flatMap(({ id }) => (ends.has(id) ? [] : [id]))),
    },
  };
}
