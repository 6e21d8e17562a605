import { expect, it } from 'vitest';
import { policy } from '../../test/policy-literals.ts';
import { comparePolicies, compareTiers } from './order.ts';

function placed(name: string, order: number | null, isMissing = false) {
  return { tier: { name, order, defaultAction: 'deny' as const }, isMissing };
}

it('sorts tiers: missing ones last, then by order, then by name', () => {
  const tiers = [
    placed('a', null, true),
    placed('c', null),
    placed('b', null),
    placed('z', 0),
    placed('y', 100),
    placed('x', 100),
    placed('w', -1),
  ];
  expect(tiers.sort(compareTiers).map(({ tier }) => tier.name)).toEqual(['w', 'z', 'x', 'y', 'b', 'c', 'a']);
});

it('sorts policies by order, then by name, namespace and kind as one text', () => {
  const policies = [
    policy({ name: 'a' }),
    policy({ name: 'b', order: 1.5 }),
    policy({ name: 'c', order: 1.25 }),
    policy({ name: 'x', order: 1000, namespace: 'two' }),
    policy({ name: 'x', order: 1000, namespace: 'one' }),
    policy({ name: 'x', order: 1000, namespace: 'one', kind: 'NetworkPolicy' }),
    // `-` comes before `/`, so that the longer name is first.
    policy({ name: 'x-y', order: 1000 }),
    policy({ name: 'x', order: 1000, namespace: 'one', kind: 'StagedNetworkPolicy', stagedAction: 'set' }),
  ];
  const titles = policies
    .sort(comparePolicies)
    .map(({ name, namespace, kind }) => `${kind} ${namespace}/${name}`);
  expect(titles).toEqual([
    'GlobalNetworkPolicy /c',
    'GlobalNetworkPolicy /b',
    'GlobalNetworkPolicy /x-y',
    'NetworkPolicy one/x',
    'CalicoNetworkPolicy one/x',
    'StagedNetworkPolicy one/x',
    'CalicoNetworkPolicy two/x',
    'GlobalNetworkPolicy /a',
  ]);
});
