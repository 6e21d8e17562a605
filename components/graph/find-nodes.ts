import type { NodeView } from '#lib/picture/view.ts';

const mostFound = 50;

/** Nodes whose names hold all the words, those that begin with the text first, then by name. */
export function findNodes(nodes: readonly NodeView[], text: string): readonly NodeView[] {
  const whole = text.trim().toLowerCase();
  const words = whole.split(/\s+/);
  const single = [...new Map(nodes.map((node) => [node.nodeId, node])).values()];
  return single
    .map((node) => ({ node, name: node.name.toLowerCase() }))
    .filter(({ name }) => words.every((word) => name.includes(word)))
    .toSorted(
      (a, b) =>
        Number(b.name.startsWith(whole)) - Number(a.name.startsWith(whole)) || (a.name < b.name ? -1 : 1),
    )
    .slice(0, mostFound)
    .map(({ node }) => node);
}
