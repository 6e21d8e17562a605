import { type ASTBaseNode, parse } from '@ts-graphviz/ast';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { verdicts } from '#lib/picture/amounts.ts';
import { hostileGraph } from '../../test/hostile-graph.ts';
import { toDot } from './to-dot.ts';

function countOf(node: ASTBaseNode, type: string): number {
  const children = 'children' in node && Array.isArray(node.children) ? node.children : [];
  return children.reduce(
    (sum: number, child: ASTBaseNode) => sum + countOf(child, type),
    node.type === type ? 1 : 0,
  );
}

it('is a graph to another reader: a line for each verdict of an edge, and nothing that a name smuggled in', () => {
  fc.assert(
    fc.property(hostileGraph, (document) => {
      const read = parse(toDot(document));
      const lines = document.edges.flatMap((edge) => verdicts.filter((verdict) => edge[verdict].flows > 0));
      const frames = document.nodes.filter(({ expanded }) => expanded).length;
      expect(countOf(read, 'Edge')).toBe(lines.length);
      expect(countOf(read, 'Subgraph')).toBe(frames);
      const used = new Set(document.edges.flatMap(({ source, target }) => [source, target]));
      const bare = document.nodes.filter(({ id, expanded }) => expanded && !used.has(id)).length;
      expect(countOf(read, 'Node')).toBe(document.nodes.length - bare);
    }),
  );
});
