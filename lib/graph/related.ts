import type { GraphDocument, GraphEdge } from '#lib/contracts/graph.ts';
import type { Selection } from '#lib/contracts/url-state.ts';

type Drawn = Pick<GraphDocument, 'nodes' | 'edges'>;

/** The edges that a selection is or touches; an open node is all that is inside of it. */
export function relatedEdges({ nodes, edges }: Drawn, { kind, id }: Selection): readonly GraphEdge[] {
  const around = framesIn(nodes);
  return edges.filter((edge) =>
    kind === 'edge' ? edge.id === id : around(edge.source).includes(id) || around(edge.target).includes(id),
  );
}

/** The document with some of its edges, the nodes that these have, and the open nodes around them. */
export function withEdges<D extends Drawn>(document: D, edges: readonly GraphEdge[]): D {
  if (edges.length === document.edges.length) return document;
  const left = nodesOf(document, edges);
  return { ...document, edges: [...edges], nodes: document.nodes.filter(({ id }) => left.has(id)) };
}

/** The nodes that some edges of a document have, and the open nodes around them. */
export function nodesOf({ nodes }: Pick<Drawn, 'nodes'>, edges: readonly GraphEdge[]): ReadonlySet<string> {
  const around = framesIn(nodes);
  return new Set(edges.flatMap(({ source, target }) => [...around(source), ...around(target)]));
}

type Framed = { readonly id: string; readonly parent?: string | null | undefined };

/** A node and the open nodes around it, by ids, the nearest first. What is no node is around nothing but itself. */
export function framesIn(nodes: readonly Framed[]): (id: string) => readonly string[] {
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
  return (id) => {
    const found: string[] = [];
    for (let at: string | null = id; at !== null; at = parents.get(at) ?? null) found.push(at);
    return found;
  };
}
