import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aggregate } from './aggregate.ts';
import type { End, Sums, Traffic } from './model.ts';
import { noSums } from './sums.ts';

const edgeId = (source: string, target: string): string => `${source}>${target}`;
const shop: End = { cluster: 'prod', kind: 'namespace', namespace: 'shop', name: '' };
const payments: End = { cluster: 'prod', kind: 'namespace', namespace: 'payments', name: '' };
const world: End = { cluster: 'prod', kind: 'network', namespace: null, name: 'public' };

function traffic(over: Partial<Traffic>, sums: Partial<Sums> = {}): Traffic {
  return {
    source: shop,
    target: payments,
    inScope: { source: true, target: true },
    protocol: 'tcp',
    port: 8443,
    verdict: 'allowed',
    sums: { ...noSums, records: 1, flows: 1, ...sums },
    lastSeenMs: 0,
    ...over,
  };
}

describe('aggregate', () => {
  it('folds ports and verdicts of two ends into one edge', () => {
    const { edges } = aggregate(
      [
        traffic({}, { flows: 12, connections: 7, connectionsKnown: 1, bytes: 1834, bytesKnown: 1 }),
        traffic({ port: 443, lastSeenMs: 60_000 }, { flows: 2, connections: 1, connectionsKnown: 1 }),
        traffic({ verdict: 'denied' }, { flows: 3 }),
      ],
      'namespace',
      edgeId,
    );
    expect(edges).toEqual([
      {
        id: 'prod/namespace/shop>prod/namespace/payments',
        source: 'prod/namespace/shop',
        target: 'prod/namespace/payments',
        inScope: 'both',
        allowed: { flows: 14, connections: 8, bytes: 1834, packets: null, partial: true },
        denied: { flows: 3, connections: null, bytes: null, packets: null, partial: false },
        dropped: { flows: 0, connections: 0, bytes: 0, packets: 0, partial: false },
        ports: [
          { protocol: 'tcp', port: 443 },
          { protocol: 'tcp', port: 8443 },
        ],
        lastSeenAt: '1970-01-01T00:01:00.000Z',
      },
    ]);
  });

  it('keeps both directions apart and draws traffic inside a namespace as an edge to itself', () => {
    const ids = aggregate(
      [traffic({}), traffic({ source: payments, target: shop }), traffic({ target: shop })],
      'namespace',
      edgeId,
    ).edges.map((edge) => `${edge.source} ${edge.target}`);
    expect(new Set(ids).size).toBe(3);
  });

  it('makes a cluster one node at cluster level and leaves the outside as it is', () => {
    const { nodes, edges } = aggregate([traffic({}), traffic({ target: world })], 'cluster', edgeId);
    expect(nodes.map((node) => node.id)).toEqual(['prod/cluster', 'prod/network/public']);
    expect(edges.map((edge) => [edge.source, edge.target])).toContainEqual(['prod/cluster', 'prod/cluster']);
  });

  it('answers the same whatever the order of the rows', () => {
    const rows = [
      traffic({}),
      traffic({ port: null, protocol: 'icmp' }),
      traffic({ target: world, port: 'other' }),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        expect(aggregate(shuffled, 'namespace', edgeId)).toEqual(aggregate(rows, 'namespace', edgeId));
      }),
    );
  });
});
