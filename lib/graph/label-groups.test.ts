import fc from 'fast-check';
import { expect, it } from 'vitest';
import { groupingKeys, type LabelledNamespace, labelLayers } from './label-groups.ts';

function space(name: string, labels: Readonly<Record<string, string>>, cluster = 'c'): LabelledNamespace {
  return { cluster, name, labels: { 'kubernetes.io/metadata.name': name, ...labels } };
}

/** Sixteen namespaces: four teams, two environments, one that nearly none has, one that each has alone. */
const estate = Array.from({ length: 16 }, (_, at) =>
  space(`ns-${at}`, {
    team: `t${at % 4}`,
    env: at % 2 === 0 ? 'prod' : 'test',
    number: String(at),
    ...(at === 0 ? { rare: 'x' } : {}),
  }),
);

it('takes the key that leaves about as many nodes as each group has members', () => {
  expect(groupingKeys(estate)).toEqual([
    { key: 'team', groups: 4 },
    { key: 'env', groups: 2 },
  ]);
});

it('finds no key where none makes the graph smaller', () => {
  expect(groupingKeys(estate.map(({ name }) => space(name, {})))).toEqual([]);
  expect(groupingKeys([])).toEqual([]);
});

it('groups by cluster and value, and leaves alone what has no such label or is the only one', () => {
  const layers = labelLayers(
    [
      space('b', { team: 'x' }),
      space('a', { team: 'x' }),
      space('c', { team: 'y' }),
      space('d', {}),
      space('a', { team: 'x' }, 'other'),
    ],
    'team',
  );
  expect(layers).toEqual([{ cluster: 'c', name: 'team=x', label: 'x · 2', namespaces: ['a', 'b'] }]);
  expect(labelLayers(estate, 'constructor')).toEqual([]);
});

it('does not depend on the order of namespaces, and never puts one into two groups', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(
        fc.record({
          cluster: fc.constantFrom('c', 'd'),
          name: fc.constantFrom(...'abcdefgh'),
          labels: fc.dictionary(fc.constantFrom('team', 'env'), fc.constantFrom('x', 'y', '')),
        }),
        { selector: ({ cluster, name }) => `${cluster}/${name}` },
      ),
      (all) => {
        for (const key of ['team', 'env']) {
          const layers = labelLayers(all, key);
          const byName = (one: readonly { readonly name: string; readonly cluster?: string }[]) =>
            one.toSorted((a, b) => `${a.cluster} ${a.name}`.localeCompare(`${b.cluster} ${b.name}`));
          expect(byName(labelLayers(all.toReversed(), key))).toEqual(byName(layers));
          const members = layers.flatMap(({ cluster, namespaces }) =>
            namespaces.map((name) => `${cluster}/${name}`),
          );
          expect(new Set(members).size).toBe(members.length);
        }
        expect(groupingKeys(all.toReversed())).toEqual(groupingKeys(all));
      },
    ),
  );
});
