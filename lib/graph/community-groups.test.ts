import { expect, it } from 'vitest';
import { communityLayers } from './community-groups.ts';
import type { End } from './model.ts';

const end = (namespace: string | null, cluster = 'c'): End => ({
  cluster,
  kind: 'workload',
  namespace,
  name: 'w',
});

/** Everybody of a team calls everybody else of it. */
function team(names: readonly string[], cluster = 'c') {
  return names.flatMap((from) =>
    names.filter((to) => to !== from).map((to) => ({ source: end(from, cluster), target: end(to, cluster) })),
  );
}

const shops = ['shop-a', 'shop-b', 'shop-c', 'shop-d'];
const banks = ['bank-a', 'bank-b', 'bank-c'];
const rows = [
  ...team(shops),
  ...team(banks),
  { source: end('shop-d'), target: end('bank-a') },
  { source: end('alone'), target: { ...end(null), kind: 'network', name: 'public' } as const },
  ...team(shops, 'other'),
];

it('puts together who talks to one another, cluster by cluster', () => {
  expect(communityLayers(rows)).toEqual([
    { cluster: 'c', name: 'community=bank-a', label: 'bank-a +2', namespaces: banks },
    { cluster: 'c', name: 'community=shop-a', label: 'shop-a +3', namespaces: shops },
    { cluster: 'other', name: 'community=shop-a', label: 'shop-a +3', namespaces: shops },
  ]);
});

it('answers the same whatever the order of rows, and however often a pair talked', () => {
  expect(communityLayers(rows.toReversed())).toEqual(communityLayers(rows));
  expect(communityLayers([...rows, ...rows.slice(3)])).toEqual(communityLayers(rows));
});

it('keeps what everybody calls out of every group', () => {
  const many = Array.from({ length: 8 }, (_, at) => team([0, 1, 2].map((no) => `team-${at}-${no}`))).flat();
  const names = [...new Set(many.map(({ source }) => source.namespace ?? ''))];
  const layers = communityLayers([
    ...many,
    ...names.map((name) => ({ source: end(name), target: end('dns') })),
  ]);
  expect(layers.length).toBe(8);
  expect(layers.flatMap(({ namespaces }) => namespaces)).not.toContain('dns');
});
