import type { GraphNode } from '#lib/contracts/graph.ts';
import type { ExportedGraph } from './exported-graph.ts';

/** Nodes as they stand in each other. */
export type NestedNode = {
  readonly node: GraphNode;
  readonly inside: readonly NestedNode[];
  /** True for an expanded node with edges of its own: of what cannot be told apart further. */
  readonly hasEdges: boolean;
};

/** The nodes that stand in no other, with those inside of them, in the order of the graph. */
export function nestedNodes({ nodes, edges }: ExportedGraph): readonly NestedNode[] {
  const known = new Set(nodes.map(({ id }) => id));
  const ends = new Set(edges.flatMap(({ source, target }) => [source, target]));
  const parentOf = ({ parent }: GraphNode) => (parent !== undefined && known.has(parent) ? parent : '');
  const children = Map.groupBy(nodes, parentOf);
  const nest = (parent: string): readonly NestedNode[] =>
    (children.get(parent) ?? []).map((node) => ({
      node,
      inside: nest(node.id),
      hasEdges: ends.has(node.id),
    }));
  return nest('');
}
