import { expect, it } from 'vitest';
import { readManifests } from '../read-manifests.ts';

function read(kind: string, rest: object, metadata: object = { name: 'shop-team' }) {
  const text = JSON.stringify({ apiVersion: 'flowloom/v1', kind, metadata, ...rest });
  const { objects, problems } = readManifests([{ file: 'a.json', text }]);
  return { object: objects[0], problems: problems.map(({ code, place }) => `${code} ${place.path}`) };
}

const place = { file: 'a.json', document: 1, line: 1, path: '' };
const whole = { role: 'team', scopes: [{ clusters: ['*'] }] };

it('reads a binding', () => {
  const selector = { matchLabels: { team: 'shop' } };
  expect(
    read('RoleBinding', {
      role: 'team',
      subjects: [
        { kind: 'User', name: 'ada@corp.example' },
        { kind: 'Group', name: 'shop' },
      ],
      scopes: [
        { clusters: ['prod'], namespaces: ['shop', 'shop-*'] },
        { clusters: ['*'], namespaceSelector: selector },
        { clusters: ['test'] },
      ],
    }),
  ).toEqual({
    object: {
      type: 'access-binding',
      name: 'shop-team',
      role: 'team',
      subjects: [
        { kind: 'User', name: 'ada@corp.example' },
        { kind: 'Group', name: 'shop' },
      ],
      reaches: [
        { clusters: ['prod'], namespaces: ['shop', 'shop-*'], selector: null },
        { clusters: ['*'], namespaces: null, selector: { ...selector, matchExpressions: [] } },
        { clusters: ['test'], namespaces: null, selector: null },
      ],
      place,
    },
    problems: [],
  });
});

it('reads a group, and how a cluster calls people', () => {
  expect(read('Group', { members: ['ada@corp.example'] }).object).toEqual({
    type: 'access-group',
    name: 'shop-team',
    members: ['ada@corp.example'],
    place,
  });
  expect(read('ClusterIdentity', { userPrefix: 'oidc:', matchAuthenticated: true }).object).toEqual({
    type: 'cluster-identity',
    name: 'shop-team',
    userPrefix: 'oidc:',
    groupPrefix: '',
    matchAuthenticated: true,
    place,
  });
});

it.each([
  ['RoleBinding', { ...whole, scopes: undefined }, 'missing scopes'],
  ['RoleBinding', { ...whole, scopes: [] }, 'missing scopes'],
  ['RoleBinding', { ...whole, scopes: [{}] }, 'missing scopes[0].clusters'],
  ['RoleBinding', { ...whole, scopes: [{ clusters: [] }] }, 'bad-scope scopes[0].clusters'],
  // Each of these would otherwise mean the whole cluster.
  [
    'RoleBinding',
    { ...whole, scopes: [{ clusters: ['a'], namespace: ['b'] }] },
    'unknown-field scopes[0].namespace',
  ],
  [
    'RoleBinding',
    { ...whole, scopes: [{ clusters: ['a'], namespaces: [] }] },
    'bad-scope scopes[0].namespaces',
  ],
  [
    'RoleBinding',
    { ...whole, scopes: [{ clusters: ['a'], namespaces: 'b' }] },
    'wrong-type scopes[0].namespaces',
  ],
  [
    'RoleBinding',
    { ...whole, scopes: [{ clusters: ['a'], namespaces: ['b'], namespaceSelector: {} }] },
    'bad-scope scopes[0].namespaceSelector',
  ],
  ['RoleBinding', { ...whole, role: undefined }, 'missing role'],
  ['RoleBinding', { ...whole, role: 'king' }, 'unknown-word role'],
  ['RoleBinding', { ...whole, roles: ['team'] }, 'unknown-field roles'],
  [
    'RoleBinding',
    { ...whole, subjects: [{ kind: 'ServiceAccount', name: 'a' }] },
    'unknown-word subjects[0].kind',
  ],
  ['RoleBinding', { ...whole, subjects: [{ name: 'a' }] }, 'missing subjects[0].kind'],
  ['RoleBinding', { ...whole, subjects: [{ kind: 'User' }] }, 'missing subjects[0].name'],
  ['Group', {}, 'missing members'],
  ['Group', { members: [1] }, 'wrong-type members[0]'],
  ['ClusterIdentity', { matchAuthenticated: 'yes' }, 'wrong-type matchAuthenticated'],
  ['ClusterIdentity', { prefix: 'oidc:' }, 'unknown-field prefix'],
])('refuses a %s with %j', (kind, rest, problem) => {
  expect(read(kind, rest)).toEqual({ object: undefined, problems: [problem] });
});
