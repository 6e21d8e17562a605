import { expect, it } from 'vitest';
import { newBindingSchema } from '#lib/contracts/access.ts';
import { bindingBody, emptyScope, labelsIn, namesIn, scopeProblem, scopeText } from './binding-form.ts';

const typed = { name: ' shop ', role: 'team', users: 'ada@x.example, ', groups: 'shop,sre' } as const;

it('makes what the API takes of what is typed', () => {
  const scope = { ...emptyScope, clusters: 'prod', namespaces: 'shop, shop-*', labels: 'ignored=here' };
  expect(newBindingSchema.parse(bindingBody({ ...typed, scope }))).toEqual({
    name: 'shop',
    role: 'team',
    subjects: [
      { kind: 'User', name: 'ada@x.example' },
      { kind: 'Group', name: 'shop' },
      { kind: 'Group', name: 'sre' },
    ],
    scopes: [{ clusters: ['prod'], namespaces: ['shop', 'shop-*'] }],
  });
});

it('never takes a scope of no namespace for the whole cluster', () => {
  const scope = { ...emptyScope, clusters: 'prod', namespaces: ' , ' };
  expect(newBindingSchema.safeParse(bindingBody({ ...typed, scope })).success).toBe(false);
});

it('takes no selector without a label, which would be every namespace', () => {
  const scope = { ...emptyScope, covers: 'labels', labels: ' , ' } as const;
  expect(scopeProblem(scope)).toMatch('at least one label');
  expect(scopeProblem({ ...scope, labels: 'team=shop' })).toBeNull();
  expect(scopeProblem(emptyScope)).toBeNull();
});

it('covers whole clusters, or namespaces by label', () => {
  const whole = { ...emptyScope, covers: 'clusters', clusters: '*', namespaces: 'ignored' } as const;
  expect(bindingBody({ ...typed, scope: whole }).scopes).toEqual([{ clusters: ['*'] }]);
  const labels = { ...emptyScope, covers: 'labels', clusters: 'a', labels: 'team=shop' } as const;
  expect(bindingBody({ ...typed, scope: labels }).scopes).toEqual([
    { clusters: ['a'], namespaceSelector: { matchLabels: { team: 'shop' } } },
  ]);
});

it.each([
  ['a, b,,c ', ['a', 'b', 'c']],
  ['', []],
])('reads the names in %j', (text, names) => expect(namesIn(text)).toEqual(names));

it.each([
  ['team=shop, tier = web', { team: 'shop', tier: 'web' }],
  ['gate', { gate: '' }],
  ['a=b=c', { a: 'b=c' }],
])('reads the labels in %j', (text, labels) => expect(labelsIn(text)).toEqual(labels));

it.each([
  [{ clusters: ['*'], namespaces: null, namespaceSelector: null }, 'the whole estate'],
  [{ clusters: ['*'], namespaces: ['*'], namespaceSelector: null }, 'every cluster: *'],
  [{ clusters: ['a', 'b'], namespaces: null, namespaceSelector: null }, 'all of a, b'],
  [{ clusters: ['a'], namespaces: ['x'], namespaceSelector: null }, 'a: x'],
  [
    {
      clusters: ['a'],
      namespaces: null,
      namespaceSelector: {
        matchLabels: { team: 'shop' },
        matchExpressions: [
          { key: 'env', operator: 'In' as const, values: ['p', 'q'] },
          { key: 'gone', operator: 'DoesNotExist' as const, values: [] },
        ],
      },
    },
    'a: labels team=shop, env In (p, q), gone DoesNotExist',
  ],
  [
    { clusters: ['a'], namespaces: null, namespaceSelector: { matchLabels: {}, matchExpressions: [] } },
    'a: every namespace',
  ],
])('says where %j reaches', (scope, text) => expect(scopeText(scope)).toBe(text));
