import { expect, it } from 'vitest';
import { readManifests } from '../read-manifests.ts';

function read(kind: string, rest: object) {
  const metadata = { name: 'system:reader' };
  const text = JSON.stringify({ apiVersion: 'rbac.authorization.k8s.io/v1', kind, metadata, ...rest });
  const { objects, problems } = readManifests([{ file: 'a.json', text }]);
  return { object: objects[0], problems: problems.map(({ code, place }) => `${code} ${place.path}`) };
}

const podReader = { apiGroups: [''], resources: ['pods'], verbs: ['list'] };

it('reads the rules of a Role', () => {
  expect(read('Role', { rules: [{ ...podReader, resourceNames: ['a'] }] })).toEqual({
    object: {
      type: 'role',
      namespace: 'default',
      name: 'system:reader',
      labels: {},
      rules: [{ ...podReader, resourceNames: ['a'], nonResourceUrls: [] }],
      aggregates: null,
      place: { file: 'a.json', document: 1, line: 1, path: '' },
    },
    problems: [],
  });
});

it('reads what a ClusterRole gathers', () => {
  const selector = { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'c', operator: 'Exists' }] };
  expect(
    read('ClusterRole', {
      rules: [{ nonResourceURLs: ['/metrics'], verbs: ['get'] }],
      aggregationRule: { clusterRoleSelectors: [selector] },
    }),
  ).toMatchObject({
    object: {
      namespace: null,
      rules: [{ nonResourceUrls: ['/metrics'], resources: [] }],
      aggregates: [
        { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'c', operator: 'Exists', values: [] }] },
      ],
    },
    problems: [],
  });
});

const aggregate = (expression: object) => ({
  aggregationRule: { clusterRoleSelectors: [{ matchExpressions: [expression] }] },
});
const expression = 'aggregationRule.clusterRoleSelectors[0].matchExpressions[0]';

it.each([
  ['Role', { rules: [{ ...podReader, verbs: [] }] }, 'missing rules[0].verbs'],
  ['Role', { rules: [podReader, { ...podReader, apiGroups: undefined }] }, 'missing rules[1].apiGroups'],
  ['Role', { rules: [{ ...podReader, resources: [] }] }, 'missing rules[0].resources'],
  ['Role', { rules: [{ nonResourceURLs: ['/'], verbs: ['get'] }] }, 'bad-rule rules[0].nonResourceURLs'],
  ['ClusterRole', { rules: [{ ...podReader, nonResourceURLs: ['/'] }] }, 'bad-rule rules[0].nonResourceURLs'],
  ['ClusterRole', { rules: [{ ...podReader, verbs: 'get' }] }, 'wrong-type rules[0].verbs'],
  ['ClusterRole', { rules: [{ ...podReader, verbs: [1] }] }, 'wrong-type rules[0].verbs[0]'],
  ['ClusterRole', { aggregationRule: {} }, 'missing aggregationRule.clusterRoleSelectors'],
  ['ClusterRole', aggregate({ key: 'a', operator: 'In' }), `bad-selector ${expression}.values`],
  [
    'ClusterRole',
    aggregate({ key: 'a', operator: 'Exists', values: ['b'] }),
    `bad-selector ${expression}.values`,
  ],
  ['ClusterRole', aggregate({ key: 'a' }), `missing ${expression}.operator`],
  ['ClusterRole', aggregate({ operator: 'Exists' }), `missing ${expression}.key`],
])('refuses a %s with %j', (kind, rest, problem) => {
  expect(read(kind, rest)).toEqual({ object: undefined, problems: [problem] });
});

it('warns of a rule of a Role that gathers, and of misspelt fields', () => {
  const { object, problems } = read('Role', {
    rules: [{ ...podReader, resourcename: ['a'] }],
    aggregationRule: {},
  });
  expect(object).toBeDefined();
  expect(problems).toEqual(['unknown-field aggregationRule', 'unknown-field rules[0].resourcename']);
});

const roleRef = { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' };

it('reads who is bound to what', () => {
  const subjects = [
    { kind: 'User', name: 'ada', apiGroup: 'rbac.authorization.k8s.io' },
    { kind: 'Group', name: 'dev' },
    { kind: 'ServiceAccount', name: 'own' },
    { kind: 'ServiceAccount', name: 'other', namespace: 'ops', apiGroup: '' },
  ];
  expect(read('RoleBinding', { roleRef, subjects })).toEqual({
    object: {
      type: 'role-binding',
      namespace: 'default',
      name: 'system:reader',
      role: { kind: 'ClusterRole', name: 'view' },
      subjects: [
        { kind: 'User', name: 'ada' },
        { kind: 'Group', name: 'dev' },
        { kind: 'ServiceAccount', name: 'own', namespace: 'default' },
        { kind: 'ServiceAccount', name: 'other', namespace: 'ops' },
      ],
      place: { file: 'a.json', document: 1, line: 1, path: '' },
    },
    problems: [],
  });
  expect(read('ClusterRoleBinding', { roleRef })).toMatchObject({
    object: { type: 'role-binding', namespace: null, subjects: [] },
    problems: [],
  });
});

it.each([
  ['RoleBinding', {}, 'wrong-type roleRef'],
  ['RoleBinding', { roleRef: { kind: 'Role' } }, 'missing roleRef.name'],
  ['RoleBinding', { roleRef: { name: 'a' } }, 'missing roleRef.kind'],
  ['RoleBinding', { roleRef: { ...roleRef, apiGroup: 'rbac' } }, 'bad-group roleRef.apiGroup'],
  ['ClusterRoleBinding', { roleRef: { kind: 'Role', name: 'a' } }, 'unknown-word roleRef.kind'],
  ['RoleBinding', { roleRef, subjects: [{ kind: 'Team', name: 'a' }] }, 'unknown-word subjects[0].kind'],
  ['RoleBinding', { roleRef, subjects: [{ name: 'a' }] }, 'missing subjects[0].kind'],
  ['RoleBinding', { roleRef, subjects: [{ kind: 'User' }] }, 'missing subjects[0].name'],
  [
    'RoleBinding',
    { roleRef, subjects: [{ kind: 'User', name: 'a', apiGroup: 'v1' }] },
    'bad-group subjects[0].apiGroup',
  ],
  [
    'ClusterRoleBinding',
    { roleRef, subjects: [{ kind: 'ServiceAccount', name: 'a' }] },
    'missing subjects[0].namespace',
  ],
])('refuses a %s with %j', (kind, rest, problem) => {
  expect(read(kind, rest)).toEqual({ object: undefined, problems: [problem] });
});
