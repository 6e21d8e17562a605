import { expect, test } from 'vitest';
import { policiesOf, policyOf, tierOf } from './fixture.ts';
import { toPoliciesView } from './policies-view.ts';

const hit = (flows: number) => ({ flows, lastAt: flows > 0 ? '2026-03-14T08:00:00Z' : null });
const security = tierOf('security', [
  policyOf({ name: 'security.pci', namespace: '', kind: 'GlobalNetworkPolicy', subject: 'pci == "true"' }),
]);
const standard = tierOf(
  'default',
  [
    policyOf({ name: 'front', place: 1, hits: hit(12) }),
    policyOf({ name: 'front-next', place: 2, isStaged: true, stagedAction: 'set', hits: null, order: null }),
  ],
  { defaultAction: 'pass' },
);

test('tiers and policies keep the order of evaluation, which their numbers say', () => {
  const { tiers, counts } = toPoliciesView(policiesOf([security, standard]), '');
  expect(tiers.map(({ name, end }) => [name, end])).toEqual([
    ['security', 'ends with deny'],
    ['default', 'ends with pass'],
  ]);
  expect(tiers.flatMap(({ cards }) => cards.map(({ number, name }) => [number, name]))).toEqual([
    [1, 'security.pci'],
    [2, 'front'],
    [3, 'front-next'],
  ]);
  expect(counts).toBe('2 tiers · 3 policies · 1 staged');
});

test('a policy that nothing is known of has no hits, which is not 0', () => {
  const [, { cards } = { cards: [] }] = toPoliciesView(policiesOf([security, standard]), '').tiers;
  expect(cards.map(({ hits, staged, order }) => [hits, staged, order])).toEqual([
    [12, '', 'order 100'],
    [null, 'staged', 'no order'],
  ]);
});

test('a rule was never hit where the whole window can tell, and only there', () => {
  const rules = {
    ingress: [
      { index: 0, action: 'allow' as const, hits: hit(3) },
      { index: 1, action: 'deny' as const, hits: hit(0) },
      { index: 2, action: 'log' as const, hits: null },
    ],
    egress: [],
  };
  const tiers = [tierOf('default', [policyOf({ rules })])];
  const never = (isWhole: boolean) =>
    toPoliciesView(policiesOf(tiers, { isWhole }), '').tiers[0]?.cards[0]?.neverHit;
  expect(never(true)).toBe(1);
  expect(never(false)).toBe(0);
});

test('the search looks at names, namespaces, kinds, tiers and selectors, and needs every word', () => {
  const found = (text: string) =>
    toPoliciesView(policiesOf([security, standard]), text).tiers.flatMap(({ cards }) =>
      cards.map(({ name }) => name),
    );
  expect(found('PCI')).toEqual(['security.pci']);
  expect(found('shop front')).toEqual(['front', 'front-next']);
  expect(found('global')).toEqual(['security.pci']);
  expect(found('front nowhere')).toEqual([]);
  expect(toPoliciesView(policiesOf([security, standard]), 'pci').counts).toBe(
    '2 tiers · 1 of 3 policies · 1 staged',
  );
});
