import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphEdge, GraphNode } from '#lib/contracts/graph.ts';
import { limitPicture } from './limit-picture.ts';

const counters = (flows: number) => ({ flows, connections: flows, bytes: 0, packets: 0, partial: false });

const pictures = fc
  .uniqueArray(fc.tuple(fc.nat(30), fc.nat(30), fc.nat(500), fc.nat(4)), {
    minLength: 1,
    maxLength: 120,
    selector: ([source, target]) => `${source} ${target}`,
  })
  .map((rows) => {
    const edges = rows.map(
      ([source, target, flows, denied]): GraphEdge => ({
        id: `e${source}-${target}`,
        source: `n${source}`,
        target: `n${target}`,
        inScope: 'both',
        allowed: counters(flows + 1),
        denied: counters(denied === 1 ? 1 : 0),
        dropped: counters(0),
        ports: [],
        lastSeenAt: '2026-01-01T00:00:00Z',
      }),
    );
    const ids = [...new Set(edges.flatMap(({ source, target }) => [source, target]))].sort();
    const nodes = ids.map(
      (id): GraphNode => ({ id, kind: 'namespace', cluster: 'c', namespace: id, label: id, inScope: true }),
    );
    return { nodes, edges };
  });

const limits = fc.record({ nodes: fc.integer({ min: 2, max: 35 }), edges: fc.integer({ min: 1, max: 130 }) });

describe('a picture that is too large', () => {
  it('is cut to the limit, says how much is gone, and draws no edge without its ends', () => {
    fc.assert(
      fc.property(pictures, limits, (picture, limit) => {
        const { nodes, edges, truncated } = limitPicture(picture, 'namespace', limit);
        expect(edges.length).toBeLessThanOrEqual(limit.edges);
        expect(nodes.length).toBeLessThanOrEqual(limit.nodes);
        expect(nodes.length + (truncated?.nodes ?? 0)).toBe(picture.nodes.length);
        expect(edges.length + (truncated?.edges ?? 0)).toBe(picture.edges.length);
        const ids = new Set(nodes.map(({ id }) => id));
        expect(edges.every(({ source, target }) => ids.has(source) && ids.has(target))).toBe(true);
        const order = edges.map(({ id }) => id);
        expect(order).toEqual(picture.edges.map(({ id }) => id).filter((id) => order.includes(id)));
      }),
    );
  });

  it('is left alone where it fits', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const limit = { nodes: picture.nodes.length, edges: picture.edges.length };
        expect(limitPicture(picture, 'namespace', limit)).toEqual({ ...picture, truncated: null });
      }),
    );
  });

  it('gives up no refused edge for an allowed one', () => {
    fc.assert(
      fc.property(pictures, fc.integer({ min: 1, max: 60 }), (picture, most) => {
        const { edges } = limitPicture(picture, 'namespace', { nodes: 100, edges: most });
        const refused = (all: readonly GraphEdge[]) => all.filter(({ denied }) => denied.flows > 0).length;
        expect(refused(edges)).toBe(Math.min(refused(picture.edges), most));
      }),
    );
  });

  it('keeps every node while there are edges enough, and is the same for any order of the edges', () => {
    fc.assert(
      fc.property(pictures, (picture) => {
        const limit = {
          nodes: 100,
          edges: picture.nodes.length + picture.edges.filter((e) => e.denied.flows > 0).length,
        };
        const cut = limitPicture(picture, 'namespace', limit);
        const linked = picture.nodes.filter(({ id }) =>
          picture.edges.some((e) => e.source !== e.target && (e.source === id || e.target === id)),
        );
        for (const { id } of linked) expect(cut.nodes.map((node) => node.id)).toContain(id);
        const turned = limitPicture({ ...picture, edges: picture.edges.toReversed() }, 'namespace', limit);
        expect(new Set(turned.edges.map(({ id }) => id))).toEqual(new Set(cut.edges.map(({ id }) => id)));
      }),
    );
  });

  it('says which grouping would show it', () => {
    const [picture] = fc.sample(pictures, { numRuns: 1, seed: 1 });
    const limit = { nodes: 100, edges: 1 };
    if (!picture) throw new Error('no picture');
    expect(limitPicture(picture, 'workload', limit).truncated?.hint).toContain('level=namespace');
  });
});
