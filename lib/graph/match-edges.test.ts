import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { GraphNode } from '#lib/contracts/graph.ts';
import { parseFilter } from '#lib/filter/filter.ts';
import { aggregate } from './aggregate.ts';
import { depthOf } from './depth.ts';
import { filterTraffic } from './filter-traffic.ts';
import { noEvidence } from './flow-facts.ts';
import { matchEdges } from './match-edges.ts';
import type { DrawnTraffic, End, Traffic } from './model.ts';
import { noSums } from './sums.ts';

const ends: readonly End[] = [
  { cluster: 'c', kind: 'namespace', namespace: 'a', name: '' },
  { cluster: 'c', kind: 'namespace', namespace: 'b', name: '' },
  { cluster: 'c', kind: 'network', namespace: null, name: 'public' },
];
const end = fc.constantFrom(...ends);
const row: fc.Arbitrary<Traffic> = fc
  .record({
    source: end,
    target: end,
    protocol: fc.constantFrom('tcp', 'udp'),
    port: fc.constantFrom(53, 443, 'other' as const),
    verdict: fc.constantFrom('allowed' as const, 'denied' as const),
    flows: fc.integer({ min: 1, max: 9 }),
    bytes: fc.option(fc.nat({ max: 9 })),
  })
  .map(({ flows, bytes, ...rest }) => ({
    ...rest,
    inScope: { source: true, target: true },
    lastSeenMs: 0,
    sums: { ...noSums, records: 1, flows, bytes: bytes ?? 0, bytesKnown: bytes === null ? 0 : 1 },
  }));
const text = fc.constantFrom(
  'namespace == "a"',
  'source.namespace == dest.namespace',
  'port == 53',
  'port != 53 && protocol == "tcp"',
  'verdict == "denied"',
  'port == 53 && verdict == "denied"',
  'port == 53 || verdict == "denied"',
  'kind == "network"',
  'kind == "host"',
  'denied > 3',
  'namespace == "b" && bytes > 5',
  'port == 443 && flows > 4',
);

function read(from: string) {
  const parsed = parseFilter(from);
  if (!parsed.ok || parsed.value === null) throw new Error(from);
  return parsed.value;
}

const edgeId = (source: string, target: string) => `${source} ${target}`;
const flowsOf = (rows: readonly DrawnTraffic[]) =>
  new Map(
    aggregate(rows, 'namespace', edgeId).edges.map(({ id, allowed, denied }) => [
      id,
      allowed.flows + denied.flows,
    ]),
  );

describe('what a document tells of a filter', () => {
  it('is what the server finds among the flows, or nothing', () => {
    let told = 0;
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 12 }), text, (rows, given) => {
        const filter = read(given);
        const matches = matchEdges(filter, aggregate(rows, 'namespace', edgeId));
        if (matches === null) return;
        told += 1;
        const all = flowsOf(rows);
        const matched = flowsOf(
          filterTraffic(rows, depthOf({ level: 'namespace' }), { show: filter, hide: null }, noEvidence),
        );
        for (const [id, match] of matches) {
          const part = matched.get(id) ?? 0;
          const found = part === 0 ? 'none' : part === all.get(id) ? 'all' : 'some';
          expect([id, match]).toEqual([id, found]);
        }
      }),
    );
    expect(told).toBeGreaterThan(20);
  });

  it('is nothing where ports and verdicts may go together so that all match, or not all', () => {
    const usual: Omit<Traffic, 'port' | 'verdict'> = {
      source: { cluster: 'c', kind: 'namespace', namespace: 'a', name: '' },
      target: { cluster: 'c', kind: 'namespace', namespace: 'b', name: '' },
      inScope: { source: true, target: true },
      protocol: 'tcp',
      sums: { ...noSums, records: 1, flows: 1 },
      lastSeenMs: 0,
    };
    const rows: readonly Traffic[] = [
      { ...usual, port: 443, verdict: 'denied' },
      { ...usual, port: 53, verdict: 'allowed' },
    ];
    const drawn = aggregate(rows, 'namespace', edgeId);
    expect(matchEdges(read('port == 53 || verdict == "denied"'), drawn)).toBeNull();
  });

  it.each(['workload == "x"', 'has(label.app)', 'policy == "x"', 'tier != "x"', 'name == "public"'])(
    'is nothing for %s, which it does not carry',
    (given) => {
      expect(matchEdges(read(given), { nodes: [], edges: [] })).toBeNull();
    },
  );

  it('is nothing of a far end that is hidden', () => {
    const rows: readonly Traffic[] = [
      {
        source: { cluster: 'c', kind: 'namespace', namespace: 'a', name: '' },
        target: { cluster: 'c', kind: 'network', namespace: null, name: 'public' },
        inScope: { source: true, target: true },
        protocol: 'tcp',
        port: 443,
        verdict: 'allowed',
        sums: { ...noSums, records: 1, flows: 1 },
        lastSeenMs: 0,
      },
    ];
    const { nodes, edges } = aggregate(rows, 'namespace', edgeId);
    const hiddenNodes = nodes.map((node): GraphNode => ({ ...node, inScope: false, kind: 'namespace' }));
    expect(matchEdges(read('kind == "networkset"'), { nodes: hiddenNodes, edges })).toBeNull();
    expect(matchEdges(read('kind == "network"'), { nodes, edges })?.get(edges[0]?.id ?? '')).toBe('all');
  });
});
