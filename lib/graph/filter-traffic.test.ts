import { describe, expect, it } from 'vitest';
import { parseFilter } from '#lib/filter/filter.ts';
import { depthOf } from './depth.ts';
import { filterTraffic } from './filter-traffic.ts';
import { noEvidence } from './flow-facts.ts';
import type { End, Traffic } from './model.ts';
import { noSums } from './sums.ts';

const own = (name: string): End => ({ cluster: 'c', kind: 'workload', namespace: 'shop', name });
/** A far end of which only the namespace is told, and what nobody recorded. */
const far: End = { cluster: 'c', kind: 'namespace', namespace: 'pay', name: '' };
const host: End = { cluster: 'c', kind: 'host', namespace: null, name: 'node-1' };
const nobody: End = { cluster: 'c', kind: 'unknown', namespace: null, name: '' };

function row(source: End, target: End, rest: Partial<Traffic> = {}): Traffic {
  const sums = { ...noSums, records: 1, flows: 5, bytes: 50, bytesKnown: 1 };
  const inScope = { source: true, target: target !== far };
  const usual = { protocol: 'tcp', port: 443, verdict: 'allowed', lastSeenMs: 0 } as const;
  return { source, target, inScope, sums, ...usual, ...rest };
}

const rows: readonly Traffic[] = [
  row(own('web'), own('cart')),
  row(own('web'), far),
  row(host, own('web'), { port: 'other' }),
  row(nobody, own('web'), { verdict: 'denied', sums: { ...noSums, records: 1, flows: 3 } }),
];

/** The places of the rows that a filter keeps, and of those that it hides. */
function split(text: string): { readonly kept: readonly number[]; readonly hidden: readonly number[] } {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(parsed.error.message);
  const places = (left: readonly Pick<Traffic, 'sums'>[]) =>
    rows.flatMap((given, index) => (left.some(({ sums }) => sums === given.sums) ? [index] : []));
  const show = filterTraffic(
    rows,
    depthOf({ level: 'workload' }),
    { show: parsed.value, hide: null },
    noEvidence,
  );
  const left = places(
    filterTraffic(rows, depthOf({ level: 'workload' }), { show: null, hide: parsed.value }, noEvidence),
  );
  return {
    kept: places(show),
    hidden: rows.map((_, index) => index).filter((index) => !left.includes(index)),
  };
}

describe('a filter over what a viewer sees', () => {
  it.each([
    ['namespace == "pay"', [1]],
    ['dest.workload == "api"', []],
    ['dest.workload != "api"', [0, 2, 3]],
    ['!(dest.workload == "api")', [0, 2, 3]],
    ['has(dest.workload) || !has(dest.workload)', [0, 2, 3]],
    ['kind != "host"', [0, 1, 3]],
    ['source.namespace != "shop"', [2]],
    ['port != 80', [0, 1, 3]],
    ['port == 443 || port != 443', [0, 1, 3]],
    ['label.app == "x" || label.app != "x"', []],
    ['policy != "x"', []],
    ['bytes > 10', [0, 1, 2]],
    // Nobody knows the bytes of what was denied there.
    ['bytes <= 10', []],
    ['cluster == "c"', [0, 1, 2, 3]],
  ])('keeps and hides by %s only what matches for certain', (text, expected) => {
    expect(split(text)).toEqual({ kept: expected, hidden: expected });
  });

  it('draws what it leaves at the level of the graph', () => {
    const [first] = filterTraffic(
      rows,
      depthOf({ level: 'namespace' }),
      { show: null, hide: null },
      noEvidence,
    );
    expect(first?.source).toEqual({ cluster: 'c', kind: 'namespace', namespace: 'shop', name: '' });
  });
});
