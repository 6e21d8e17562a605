import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphDocument, GraphEdge, GraphNode } from '#lib/contracts/graph.ts';
import { applyChange, changeBetween } from './graph-change.ts';

const counters = fc.nat(3).map((flows) => ({
  flows,
  connections: flows,
  bytes: null,
  packets: null,
  partial: false,
}));
const none = { flows: 0, connections: 0, bytes: 0, packets: 0, partial: false };
const span = { from: '2026-03-14T08:00:00.000Z', to: '2026-03-14T09:00:00.000Z' };

const node = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), inScope: fc.boolean() }).map(
  ({ id, inScope }): GraphNode => ({
    id,
    kind: 'namespace',
    cluster: 'c',
    namespace: id,
    label: id,
    inScope,
  }),
);
const edge = fc.record({ id: fc.constantFrom('1', '2', '3', '4', '5'), allowed: counters }).map(
  ({ id, allowed }): GraphEdge => ({
    id,
    source: 'a',
    target: 'b',
    inScope: 'both',
    allowed,
    denied: none,
    dropped: none,
    ports: [],
    lastSeenAt: span.from,
  }),
);
const byId = <T extends { readonly id: string }>(list: readonly T[]): T[] =>
  list.toSorted((a, b) => (a.id < b.id ? -1 : 1));
const selector = ({ id }: { readonly id: string }): string => id;

const graph: fc.Arbitrary<GraphDocument> = fc
  .record({
    nodes: fc.uniqueArray(node, { selector }),
    edges: fc.uniqueArray(edge, { selector }),
    lostEvents: fc.nat(2),
  })
  .map(({ nodes, edges, lostEvents }) => ({
    window: { requested: span, answered: span, pieces: [] },
    level: 'namespace',
    completeness: { sources: [], gaps: [], isByNode: true, gapsLeftOut: 0, lostEvents, rejected: 0 },
    nodes: byId(nodes),
    edges: byId(edges),
    truncated: null,
  }));

describe('a change', () => {
  it('makes of the graph before the graph after', () => {
    fc.assert(
      fc.property(graph, graph, (before, after) => {
        expect(applyChange(before, changeBetween(before, after))).toEqual(after);
      }),
    );
  });

  it('carries nothing of what stayed, and leaves it the same object', () => {
    fc.assert(
      fc.property(graph, graph, (before, after) => {
        const change = changeBetween(before, after);
        const told = new Set(change.edges.put.map(({ id }) => id));
        const result = applyChange(before, change);
        for (const one of before.edges) {
          const same = after.edges.find(({ id }) => id === one.id);
          if (JSON.stringify(same) !== JSON.stringify(one)) continue;
          expect(told.has(one.id)).toBe(false);
          expect(result.edges).toContain(one);
        }
      }),
    );
  });

  it('between equal graphs is empty', () => {
    fc.assert(
      fc.property(graph, (one) => {
        const { nodes, edges } = changeBetween(one, structuredClone(one));
        expect([nodes, edges]).toEqual([
          { put: [], gone: [] },
          { put: [], gone: [] },
        ]);
      }),
    );
  });
});
