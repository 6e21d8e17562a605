import type { GraphDocument, GraphEdge } from '#lib/contracts/graph.ts';
import type { Selection } from '#lib/contracts/url-state.ts';
import type { Filter } from '#lib/filter/filter.ts';
import { matchEdges } from '#lib/graph/match-edges.ts';

/** What stands out in the picture and what steps back, by the ids of the graph document. */
export type Emphasis = {
  /** null: nothing is looked for. */
  readonly found: ReadonlySet<string> | null;
  readonly faded: ReadonlySet<string>;
  /** Nodes with nothing but faded edges. */
  readonly fadedNodes: ReadonlySet<string>;
  /** Nodes with found traffic inside, which is no line. */
  readonly foundInside: ReadonlySet<string>;
};

export const noEmphasis: Emphasis = {
  found: null,
  faded: new Set(),
  fadedNodes: new Set(),
  foundInside: new Set(),
};

/** The document without what is hidden, or null where only the server can tell flows apart. */
export function leaveOut<D extends GraphDocument>(
  document: D,
  hide: Filter | null,
  only: Filter | null,
): D | null {
  const hidden = hide && matchEdges(hide, document);
  const kept = only && matchEdges(only, document);
  if ((hide && !hidden) || (only && !kept)) return null;
  const left: GraphEdge[] = [];
  for (const edge of document.edges) {
    const out = hidden?.get(edge.id) ?? 'none';
    const within = kept?.get(edge.id) ?? 'all';
    if (out === 'all' || within === 'none') continue;
    if (out === 'some' || within === 'some') return null;
    left.push(edge);
  }
  return withEdges(document, left);
}

/** The document with some of its edges, the nodes that these have, and the open nodes around them. */
function withEdges<D extends GraphDocument>(document: D, edges: readonly GraphEdge[]): D {
  if (edges.length === document.edges.length) return document;
  const left = nodesOf(document, edges);
  return { ...document, edges: [...edges], nodes: document.nodes.filter(({ id }) => left.has(id)) };
}

/** The nodes that some edges of a document have, and the open nodes around them. */
export function nodesOf(
  { nodes }: Pick<GraphDocument, 'nodes'>,
  edges: readonly GraphEdge[],
): ReadonlySet<string> {
  const around = framesIn(nodes);
  return new Set(edges.flatMap(({ source, target }) => [...around(source), ...around(target)]));
}

/** A node and the open nodes around it, by ids. */
function framesIn(nodes: GraphDocument['nodes']): (id: string) => readonly string[] {
  const parents = new Map(nodes.map(({ id, parent }) => [id, parent]));
  return (id) => {
    const found: string[] = [];
    for (let at: string | undefined = id; at !== undefined; at = parents.get(at)) found.push(at);
    return found;
  };
}

/** The selection and what it touches; all of it where nothing in the document is selected. */
export function relatedTo<D extends GraphDocument>(document: D, selection: Selection | null): D {
  if (selection === null) return document;
  const { kind, id } = selection;
  // An open node is all that is inside of it.
  const around = framesIn(document.nodes);
  const near = document.edges.filter((edge) =>
    kind === 'edge' ? edge.id === id : around(edge.source).includes(id) || around(edge.target).includes(id),
  );
  return near.length === 0 ? document : withEdges(document, near);
}

/** Edges with at least one flow that matches, or null where only the server can tell. */
export function findEdges(document: GraphDocument, find: Filter): ReadonlySet<string> | null {
  const matches = matchEdges(find, document);
  return matches && new Set([...matches].flatMap(([id, match]) => (match === 'none' ? [] : [id])));
}

/** How the picture of `drawn` looks where `left` is what is not hidden. */
export function toEmphasis(
  drawn: GraphDocument,
  left: GraphDocument,
  found: ReadonlySet<string> | null,
): Emphasis {
  if (found === null && drawn === left) return noEmphasis;
  const there = new Set(left.edges.map(({ id }) => id));
  const ends = nodesOf(left, left.edges);
  return {
    found: found && new Set([...found].filter((id) => there.has(id))),
    faded: new Set(drawn.edges.filter(({ id }) => !there.has(id)).map(({ id }) => id)),
    fadedNodes: new Set(drawn.nodes.filter(({ id }) => !ends.has(id)).map(({ id }) => id)),
    foundInside: new Set(
      left.edges.flatMap(({ id, source, target }) => (source === target && found?.has(id) ? [source] : [])),
    ),
  };
}
