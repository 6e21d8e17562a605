import { expect, test } from 'vitest';
import type { PolicyChanges } from '#lib/contracts/policy-changes.ts';
import { flagsOf, flagText, flagTime } from './change-flags-view.ts';

const fromMs = Date.UTC(2026, 4, 1);
const hourMs = 3_600_000;
const extent = { fromMs, toMs: fromMs + 24 * hourMs };

type Change = PolicyChanges['changes'][number]['objects'][number];

function policy(name: string, change: Change['change'] = 'changed'): Change {
  return { id: `prod/NetworkPolicy/shop/${name}`, kind: 'NetworkPolicy', namespace: 'shop', name, change };
}

function at(hours: number, objects: readonly Change[], objectsLeftOut = 0): PolicyChanges['changes'][number] {
  return { at: new Date(fromMs + hours * hourMs).toISOString(), objects: [...objects], objectsLeftOut };
}

function flags(...changes: PolicyChanges['changes']) {
  const window = { from: new Date(fromMs).toISOString(), to: new Date(extent.toMs).toISOString() };
  return flagsOf({ cluster: 'prod', window, changes, changesLeftOut: 0 }, extent);
}

test('a flag says which policy changed and leads to the difference', () => {
  const [flag] = flags(at(6, [policy('web')]));
  expect(flag && [flagText(flag), flag.atMs]).toEqual(['policy shop/web changed', fromMs + 6 * hourMs]);
  expect(flag?.changes[0]?.href).toBe(
    '/policies?cluster=prod&policy=prod/NetworkPolicy/shop/web&tab=history',
  );
});

test('what is gone is shown as it last was', () => {
  const [flag] = flags(at(6, [policy('web', 'deleted')]));
  expect(flag?.changes[0]?.href).toContain('at=2026-05-01T05:59:59.999Z');
});

test('a tier and a set have no page of their own', () => {
  const tier: Change = { id: null, kind: 'Tier', namespace: '', name: 'security', change: 'changed' };
  const set: Change = {
    id: null,
    kind: 'GlobalNetworkSet',
    namespace: '',
    name: 'office',
    change: 'appeared',
  };
  const [flag] = flags(at(1, [tier, set]));
  expect(flag?.changes.map(({ name, href }) => [name, href])).toEqual([
    ['tier security', null],
    ['network set office', null],
  ]);
});

test('what lies too close together is one flag, and what lies outside is none', () => {
  const found = flags(
    at(-1, [policy('before')]),
    at(6, [policy('web')]),
    at(6.1, [policy('cart', 'appeared'), policy('till', 'deleted')], 3),
    at(12, [policy('web')]),
    at(24, [policy('after')]),
  );
  expect(found.map(flagText)).toEqual([
    'Policies: 1 changed, 1 appeared, 1 deleted, and 3 more',
    'policy shop/web changed',
  ]);
  expect(found.map(flagTime)).toEqual([
    '1 May 2026, 06:00 UTC to 1 May 2026, 06:06 UTC',
    '1 May 2026, 12:00 UTC',
  ]);
});
