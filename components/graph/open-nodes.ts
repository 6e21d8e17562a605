import type { ScreenState, Selection } from '#lib/contracts/url-state.ts';
import type { NodeView } from '#lib/picture/view.ts';

/** Which nodes are open, as lists that the address holds: the one opened last is the last. */

/** The node's id and those of the frames around it, from the innermost outwards. */
export function around(nodes: readonly NodeView[], id: string): readonly string[] {
  const parent = nodes.find((node) => node.nodeId === id)?.parent ?? null;
  return parent === null ? [id] : [id, ...around(nodes, parent)];
}

export function withOpened(expanded: readonly string[], id: string): readonly string[] {
  return expanded.includes(id) ? expanded : [...expanded, id];
}

/** Without a node and all that is open inside of it: opened again, it is as it was at first. */
export function withClosed(
  expanded: readonly string[],
  id: string,
  nodes: readonly NodeView[],
): readonly string[] {
  return expanded.filter((open) => open !== id && !around(nodes, open).includes(id));
}

/** What is selected once a node is closed: the node itself, where the selection was inside. */
export function selectionAfterClosing(
  selection: Selection | null,
  id: string,
  nodes: readonly NodeView[],
): Selection | null {
  if (selection?.kind !== 'node' || selection.id === id) return selection;
  return around(nodes, selection.id).includes(id) ? { kind: 'node', id } : selection;
}

/** The open node that a key closes: the one around the selection, else the one opened last. */
export function nextToClose(
  expanded: readonly string[],
  selection: Selection | null,
  nodes: readonly NodeView[],
): string | null {
  const drawn = expanded.filter((id) => isOpen(nodes, id));
  const selected =
    selection?.kind === 'node' ? around(nodes, selection.id).find((id) => isOpen(nodes, id)) : undefined;
  return selected ?? drawn.at(-1) ?? null;
}

/** The way to where one is, from the outermost frame inwards: to the selection, else to what was opened last. */
export function pathTo(
  expanded: readonly string[],
  selection: Selection | null,
  nodes: readonly NodeView[],
): readonly NodeView[] {
  const last = nextToClose(expanded, selection, nodes);
  const ids = last === null ? [] : around(nodes, last).toReversed();
  return ids.flatMap((id) => nodes.find(({ nodeId }) => nodeId === id) ?? []);
}

/** What has to be open for a workload to be drawn; a layer that has drawn its namespace as one gives it back. */
export function waysInto(
  workload: { readonly cluster: string; readonly namespace: string },
  { level, expanded, layers }: Pick<ScreenState, 'level' | 'expanded' | 'layers'>,
  nodes: readonly NodeView[],
): Pick<ScreenState, 'expanded' | 'layers'> {
  const namespace = `${workload.cluster}/namespace/${workload.namespace}`;
  if (level === 'workload' || level === 'port') return { expanded, layers };
  return {
    expanded: (level === 'cluster' ? [`${workload.cluster}/cluster`, namespace] : [namespace]).reduce(
      withOpened,
      expanded,
    ),
    layers: nodes.some(({ nodeId }) => nodeId === namespace) ? layers : [],
  };
}

function isOpen(nodes: readonly NodeView[], id: string): boolean {
  return nodes.some((node) => node.nodeId === id && node.isOpen);
}
