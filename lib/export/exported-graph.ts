import type { EdgeChange } from '#lib/contracts/compare.ts';
import type { GraphDocument, GraphEdge } from '#lib/contracts/graph.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import type { ShownGraph } from '#lib/picture/compared-graph.ts';

type ExportedEdge = GraphEdge & { readonly change?: EdgeChange };

/** The graph document as files have it: beside another window every edge says what became of it. */
export type ExportedGraph = Omit<GraphDocument, 'edges'> & { readonly edges: readonly ExportedEdge[] };

/** Nodes and edges by id, whatever order they came in: the same graph gives the same bytes. */
export function exportedGraph({ compared, ...document }: ShownGraph): ExportedGraph {
  return {
    ...document,
    nodes: document.nodes.toSorted(byId),
    edges: document.edges.toSorted(byId).map((edge) => {
      const comparison = compared?.get(edge.id);
      return comparison === undefined ? edge : { ...edge, change: comparison.change };
    }),
  };
}

/** For `sort`. */
export function byId(a: { readonly id: string }, b: { readonly id: string }): number {
  return compareText(a.id, b.id);
}
