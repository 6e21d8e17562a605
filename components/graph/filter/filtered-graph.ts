import type { GraphDocument, GraphEdge } from '#lib/contracts/graph.ts';
import type { Selection } from '#lib/contracts/url-state.ts';
import type { Filter } from '#lib/filter/filter.ts';
import { matchEdges } from '#lib/graph/match-edges.ts';
import { nodesOf, relatedEdges, withEdges } from '#lib/graph/related.ts';

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

/** The selection and what it touches; all of it where nothing in the document is selected. */
export function relatedTo<D extends GraphDocument>(document: D, selection: Selection | null): D {
  if (selection === null) return document;
  const near = relatedEdges(document, selection);
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
