import type { TableSort } from '#lib/contracts/url-state.ts';
import type { EdgeView, NodeView } from '#lib/picture/view.ts';
import { sortEdges } from './sort-edges.ts';

/** A line of the table: an edge, or the heading of the edges of one open node. */
export type TableRow =
  | { readonly kind: 'edge'; readonly edge: EdgeView }
  | {
      readonly kind: 'group';
      /** null: what touches no open node. */
      readonly node: NodeView | null;
      /** The name with those of the open nodes around it. */
      readonly name: string;
      readonly edgeCount: number;
    };

/**
 * Edges in order, under the open node that they go into, or else come from: each stands once. Without open
 * nodes there are no headings.
 */
export function tableRows(
  edges: readonly EdgeView[],
  nodes: readonly NodeView[],
  sorting: TableSort,
): readonly TableRow[] {
  const sorted = sortEdges(edges, sorting);
  const byId = new Map(nodes.map((node) => [node.nodeId, node]));
  const open = nodes.filter((node) => node.isOpen);
  if (open.length === 0) return sorted.map((edge) => ({ kind: 'edge', edge }));
  const nameOf = (node: NodeView): string => {
    const parent = node.parent === null ? undefined : byId.get(node.parent);
    return parent ? `${nameOf(parent)} / ${node.name}` : node.name;
  };
  const frameOf = (id: string): string | null => {
    const node = byId.get(id);
    return node?.isOpen ? id : (node?.parent ?? null);
  };
  const under = Map.groupBy(sorted, ({ sourceId, targetId }) => frameOf(targetId) ?? frameOf(sourceId));
  const headed = open
    .map((node) => ({ node, name: nameOf(node) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  return [...headed, { node: null, name: '' }].flatMap(({ node, name }): readonly TableRow[] => {
    const own = under.get(node?.nodeId ?? null) ?? [];
    if (node === null && own.length === 0) return [];
    const rows = own.map((edge): TableRow => ({ kind: 'edge', edge }));
    return [{ kind: 'group', node, name, edgeCount: own.length }, ...rows];
  });
}
