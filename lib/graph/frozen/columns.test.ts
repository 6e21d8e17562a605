import fc from 'fast-check';
import { expect, it } from 'vitest';
import { frozenSchema } from '#lib/contracts/frozen.ts';
import type { End, Traffic } from '../model.ts';
import { fromColumns, toColumns } from './columns.ts';
import { reduceRows } from './reduce-rows.ts';

const word = fc.stringMatching(/^[a-z]{1,4}$/);
const end: fc.Arbitrary<End> = fc.oneof(
  fc.record({
    cluster: word,
    kind: fc.constantFrom('workload' as const, 'service' as const),
    namespace: word,
    name: fc.oneof(word, fc.constant('')),
  }),
  fc.record({
    cluster: word,
    kind: fc.constantFrom('host' as const, 'domain' as const, 'network' as const, 'networkset' as const),
    namespace: fc.constant(null),
    name: word,
  }),
  word.map((namespace): End => ({ cluster: 'c', kind: 'namespace', namespace, name: '' })),
  fc.constant<End>({ cluster: '', kind: 'outside-scope', namespace: null, name: '' }),
);
const count = fc.nat(1e12);
const fromMs = Date.UTC(2026, 2, 14);
const row: fc.Arbitrary<Traffic> = fc.record({
  source: end,
  target: end,
  inScope: fc.record({ source: fc.boolean(), target: fc.boolean() }),
  protocol: fc.constantFrom('tcp', 'udp', 'icmp'),
  port: fc.oneof(fc.nat(65_535), fc.constant(null), fc.constant('other' as const)),
  verdict: fc.constantFrom('allowed' as const, 'denied' as const, 'dropped' as const),
  sums: fc.record({
    records: count,
    flows: count,
    connections: count,
    connectionsKnown: count,
    bytes: count,
    bytesKnown: count,
    packets: count,
    packetsKnown: count,
  }),
  lastSeenMs: fc.nat(86_400_000).map((ms) => fromMs + ms),
});

/** The rows in any order, and their fields too. */
function asSet(rows: readonly Traffic[]): readonly string[] {
  return rows
    .map(({ source, target, inScope, sums, ...rest }) =>
      JSON.stringify([source, target, inScope, sums, rest].map((part) => Object.entries(part).sort())),
    )
    .sort();
}

it('gives back the rows that were frozen', () => {
  fc.assert(
    fc.property(fc.array(row, { maxLength: 40 }), (rows) => {
      const kept = frozenSchema.parse(JSON.parse(JSON.stringify(toColumns(rows, fromMs))));
      expect(asSet(fromColumns(kept))).toEqual(asSet(rows));
    }),
  );
});

it('tells whoever owns a namespace of its rows, and of the others nothing but a name', () => {
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 30 }),
      word,
      fc.constantFrom('namespace', 'nothing'),
      (rows, own, farEnd) => {
        const isOwn = ({ namespace }: End) => namespace === own;
        for (const one of reduceRows(rows, { isOwn, farEnd })) {
          expect(one.inScope.source || one.inScope.target).toBe(true);
          for (const side of ['source', 'target'] as const) {
            const { kind, namespace, name } = one[side];
            if (one.inScope[side]) expect(namespace).toBe(own);
            else if (namespace !== null) expect([farEnd, kind, name]).toEqual(['namespace', 'namespace', '']);
            else expect(['domain', 'network', 'unknown', 'outside-scope', 'host']).toContain(kind);
          }
        }
      },
    ),
  );
});

// A stored snapshot of every version there was: where this fails, reports that people have open no longer.
it('reads what the first version stored', () => {
  const stored = {
    v: 1,
    clusters: ['c1'],
    kinds: ['workload', 'network'],
    namespaces: ['shop', ''],
    names: ['web', 'public'],
    ends: { cluster: [0, 0], kind: [0, 1], namespace: [0, 1], name: [0, 1] },
    protocols: ['tcp'],
    source: [0],
    target: [1],
    sides: [3],
    protocol: [0],
    port: [-2],
    verdict: [1],
    records: [2],
    flows: [3],
    connections: [0],
    connectionsKnown: [0],
    bytes: [9],
    bytesKnown: [2],
    packets: [0],
    packetsKnown: [0],
    fromMs,
    lastSeen: [60_000],
  };
  expect(fromColumns(frozenSchema.parse(stored))).toEqual([
    {
      source: { cluster: 'c1', kind: 'workload', namespace: 'shop', name: 'web' },
      target: { cluster: 'c1', kind: 'network', namespace: null, name: 'public' },
      inScope: { source: true, target: true },
      protocol: 'tcp',
      port: 'other',
      verdict: 'denied',
      sums: {
        records: 2,
        flows: 3,
        connections: 0,
        connectionsKnown: 0,
        bytes: 9,
        bytesKnown: 2,
        packets: 0,
        packetsKnown: 0,
      },
      lastSeenMs: fromMs + 60_000,
    },
  ]);
});
