import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EdgeChange } from '#lib/contracts/compare.ts';
import type { Counters, GraphEdge, GraphNode } from '#lib/contracts/graph.ts';
import { changeOfRate, compareGraphs, type Measured } from './compare.ts';

const minute = 60_000;
const rate = (flows: number, minutes = 1) => ({ flows, ms: minutes * minute });

describe('changeOfRate', () => {
  it.each<[number, number, EdgeChange]>([
    [0, 0, 'same'],
    [3, 0, 'new'],
    [0, 3, 'gone'],
    [100, 100, 'same'],
    [125, 100, 'same'],
    [126, 100, 'more'],
    [80, 100, 'same'],
    [79, 100, 'less'],
  ])('%d where there were %d is %s', (now, base, change) => {
    expect(changeOfRate(rate(now), rate(base))).toBe(change);
  });

  it('goes by what came in a second, not by how long was looked', () => {
    expect(changeOfRate(rate(60, 60), rate(24, 24))).toBe('same');
    expect(changeOfRate(rate(60, 60), rate(60, 24))).toBe('less');
  });

  const anyRate = fc.record({ flows: fc.nat(1_000_000), ms: fc.integer({ min: 1, max: 4e10 }) });

  it('is the opposite the other way round', () => {
    const opposite = { new: 'gone', gone: 'new', more: 'less', less: 'more', same: 'same' } as const;
    fc.assert(
      fc.property(anyRate, anyRate, (a, b) => {
        expect(changeOfRate(a, b)).toBe(opposite[changeOfRate(b, a)]);
      }),
    );
  });

  it('does not depend on the unit of either window', () => {
    fc.assert(
      fc.property(anyRate, anyRate, fc.integer({ min: 1, max: 50 }), (a, b, times) => {
        const longer = { flows: a.flows * times, ms: a.ms * times };
        expect(changeOfRate(longer, b)).toBe(changeOfRate(a, b));
      }),
    );
  });
});

const counted = (flows: number): Counters => ({
  flows,
  connections: flows,
  bytes: null,
  packets: null,
  partial: false,
});
const none: Counters = { flows: 0, connections: 0, bytes: 0, packets: 0, partial: false };

function node(id: string, inScope = true): GraphNode {
  return { id, kind: 'namespace', cluster: 'c', namespace: id, label: id, inScope };
}

function edge(source: string, target: string, counts: Partial<GraphEdge>): GraphEdge {
  return {
    id: `${source}>${target}`,
    source,
    target,
    inScope: 'both',
    allowed: none,
    denied: none,
    dropped: none,
    ports: [{ protocol: 'tcp', port: 443 }],
    lastSeenAt: '2026-03-14T09:00:00.000Z',
    ...counts,
  };
}

function graph(edges: readonly GraphEdge[], nodes: readonly GraphNode[] = []): Measured {
  const ends = new Set(edges.flatMap(({ source, target }) => [source, target]));
  const known = [...ends].filter((id) => !nodes.some((one) => one.id === id)).map((id) => node(id));
  return { nodes: [...nodes, ...known], edges: [...edges], lengthMs: 60 * minute };
}

describe('compareGraphs', () => {
  it('has every edge of either window, with the counters of both', () => {
    const now = graph([edge('a', 'b', { allowed: counted(10) }), edge('b', 'c', { allowed: counted(1) })]);
    const base = graph([edge('a', 'b', { allowed: counted(4) }), edge('a', 'd', { denied: counted(7) })]);
    const { nodes, edges } = compareGraphs(now, base);
    expect(nodes.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(edges.map(({ id, change }) => [id, change])).toEqual([
      ['a>b', 'more'],
      ['a>d', 'gone'],
      ['b>c', 'new'],
    ]);
    expect(edges[1]).toMatchObject({ denied: none, base: { denied: counted(7) } });
    expect(edges[0]).toMatchObject({ allowed: counted(10), base: { allowed: counted(4) } });
  });

  it('tells what was allowed and is denied now, though the edge is as busy as before', () => {
    const now = graph([edge('a', 'b', { denied: counted(10) })]);
    const base = graph([edge('a', 'b', { allowed: counted(10) })]);
    const [compared] = compareGraphs(now, base).edges;
    expect(compared).toMatchObject({
      change: 'same',
      changes: { allowed: 'gone', denied: 'new', dropped: 'same' },
    });
  });

  it('keeps a node in scope where either window has it there', () => {
    const now = graph([edge('a', 'b', { allowed: counted(1) })], [node('b', false)]);
    const base = graph([edge('a', 'b', { allowed: counted(1) })], [node('b', true)]);
    expect(compareGraphs(now, base).nodes.find(({ id }) => id === 'b')?.inScope).toBe(true);
  });

  const anyGraph = fc
    .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('a', 'b', 'c'), fc.nat(50)), {
      selector: ([source, target]) => `${source}${target}`,
    })
    .map((rows) =>
      graph(rows.map(([source, target, flows]) => edge(source, target, { allowed: counted(flows + 1) }))),
    );

  it('finds nothing changed beside itself, and is in the order of ids whichever way it is asked', () => {
    fc.assert(
      fc.property(anyGraph, anyGraph, (now, base) => {
        expect(compareGraphs(now, now).edges.every(({ change }) => change === 'same')).toBe(true);
        const there = compareGraphs(now, base);
        const back = compareGraphs(base, now);
        expect(there.edges.map(({ id }) => id)).toEqual(back.edges.map(({ id }) => id));
        expect(there.edges.map(({ id }) => id)).toEqual(there.edges.map(({ id }) => id).toSorted());
        expect(there.nodes.map(({ id }) => id)).toEqual(back.nodes.map(({ id }) => id));
      }),
    );
  });
});
