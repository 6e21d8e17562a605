import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { Selection } from '#lib/contracts/url-state.ts';

/** What was selected in the graph, by name; its kind where the window does not have it. */
export function selectedName(
  selection: Selection,
  graph: Pick<GraphDocument, 'nodes' | 'edges'> | undefined,
): string {
  const labelOf = (id: string): string | undefined => graph?.nodes.find((node) => node.id === id)?.label;
  if (selection.kind === 'node') return labelOf(selection.id) ?? 'the selected node';
  const edge = graph?.edges.find(({ id }) => id === selection.id);
  if (edge === undefined) return 'the selected edge';
  const [from, to] = [labelOf(edge.source) ?? edge.source, labelOf(edge.target) ?? edge.target];
  return edge.source === edge.target ? `inside ${from}` : `${from} → ${to}`;
}
