import { expect, it } from 'vitest';
import { parsePolicyHit } from '#lib/flows/policy-hit.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import { countHits, hitKey } from './count-hits.ts';

const hit = (text: string): PolicyHit => {
  const parsed = parsePolicyHit(text);
  if (parsed === null) throw new Error(`no hit: ${text}`);
  return parsed;
};
const trace = (
  flows: number,
  lastMs: number,
  enforced: readonly string[],
  pending: readonly string[] = [],
) => ({
  direction: 'ingress' as const,
  flows,
  lastMs,
  enforced: enforced.map(hit),
  pending: pending.map(hit),
});

it('counts every policy of a trace and the rule of it, and the last time of each', () => {
  const counted = countHits([
    trace(3, 100, ['0|security|gnp:pass-on|pass|2', '1|default|np:shop/web|allow|0']),
    trace(2, 300, ['0|default|np:shop/web|allow|0']),
    trace(1, 200, ['0|default|np:shop/web|allow|1']),
  ]);
  const web = counted.get(hitKey({ kind: 'CalicoNetworkPolicy', namespace: 'shop', name: 'web' }));
  expect(web).toMatchObject({ flows: 6, lastMs: 300, tellsRules: true });
  expect([...(web?.rules.ingress ?? [])]).toEqual([
    [0, { flows: 5, lastMs: 300 }],
    [1, { flows: 1, lastMs: 200 }],
  ]);
  expect(web?.rules.egress.size).toBe(0);
  const passing = counted.get(hitKey({ kind: 'GlobalNetworkPolicy', namespace: '', name: 'pass-on' }));
  expect(passing?.rules.ingress.get(2)).toEqual({ flows: 3, lastMs: 100 });
});

it('counts the end of a tier for the policy that brought it into force, and for no rule', () => {
  const [[key, tally] = ['', undefined]] = countHits([trace(4, 1, ['0|default|np:shop/web|deny|-1'])]);
  expect(key).toBe(hitKey({ kind: 'CalicoNetworkPolicy', namespace: 'shop', name: 'web' }));
  expect(tally?.flows).toBe(4);
  expect(tally?.rules.ingress.size).toBe(0);
});

it('counts staged policies by pending traces, and the enforced ones there not again', () => {
  const counted = countHits([
    trace(
      5,
      1,
      ['0|default|np:shop/web|allow|0'],
      ['0|default|np:shop/web|allow|0', '1|default|snp:shop/next|deny|0'],
    ),
  ]);
  expect(counted.get(hitKey({ kind: 'CalicoNetworkPolicy', namespace: 'shop', name: 'web' }))?.flows).toBe(5);
  expect(counted.get(hitKey({ kind: 'StagedNetworkPolicy', namespace: 'shop', name: 'next' }))?.flows).toBe(
    5,
  );
});
