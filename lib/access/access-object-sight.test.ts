import { expect, it } from 'vitest';
import type { RoleRule } from '#lib/inventory/model.ts';
import { seesAccessObject } from './access-object-sight.ts';
import { everyPolicy, namespaceKey, type PolicyRights } from './policy-rights.ts';

const rbac = 'rbac.authorization.k8s.io';
const nobody: PolicyRights = {
  isEstate: false,
  clusters: new Set(),
  namespaces: new Set(),
  rules: new Map(),
};

function rule(
  verb: string,
  resource: string,
  { group = rbac, named = [] as readonly string[] } = {},
): RoleRule {
  const rest = { resourceNames: [...named], nonResourceUrls: [] };
  return { verbs: [verb], apiGroups: [group], resources: [resource], ...rest };
}

const inShop = (...rules: readonly RoleRule[]): PolicyRights => ({
  ...nobody,
  rules: new Map([['prod', { everywhere: [], byNamespace: new Map([['shop', rules]]) }]]),
});
const everywhere = (...rules: readonly RoleRule[]): PolicyRights => ({
  ...nobody,
  rules: new Map([['prod', { everywhere: rules, byNamespace: new Map() }]]),
});

const place = { cluster: 'prod', apiGroup: rbac, namespace: 'shop', name: 'a' };
const objects = {
  role: { ...place, kind: 'Role' },
  binding: { ...place, kind: 'RoleBinding' },
  account: { ...place, apiGroup: '', kind: 'ServiceAccount' },
  clusterRole: { ...place, kind: 'ClusterRole', namespace: '' },
  clusterBinding: { ...place, kind: 'ClusterRoleBinding', namespace: '' },
  service: { ...place, apiGroup: '', kind: 'Service' },
} as const;
const all = Object.keys(objects);

it.each<readonly [string, PolicyRights, readonly string[]]>([
  ['the estate', everyPolicy, all],
  ['a binding to the cluster', { ...nobody, clusters: new Set(['prod']) }, all],
  [
    'a binding to the namespace',
    { ...nobody, namespaces: new Set([namespaceKey('prod', 'shop')]) },
    ['role', 'binding', 'account', 'service'],
  ],
  ['a binding to another', { ...nobody, namespaces: new Set([namespaceKey('prod', 'bank')]) }, ['service']],
  ['no rule of RBAC', nobody, ['service']],
  ['list pods', inShop(rule('list', 'pods', { group: '' })), ['service']],
  ['list rolebindings', inShop(rule('list', 'rolebindings')), ['binding', 'service']],
  ['get of one by its name', inShop(rule('get', 'roles', { named: ['a'] })), ['role', 'service']],
  ['get of another one', inShop(rule('get', 'roles', { named: ['b'] })), ['service']],
  ['list of one by its name', inShop(rule('list', 'roles', { named: ['a'] })), ['service']],
  ['rights to change alone', inShop(rule('create', 'rolebindings')), ['service']],
  ['the resource of another group', inShop(rule('list', 'serviceaccounts')), ['service']],
  ['accounts', inShop(rule('list', 'serviceaccounts', { group: '' })), ['account', 'service']],
  [
    'everything of a namespace',
    inShop(rule('*', '*', { group: '*' })),
    ['role', 'binding', 'account', 'service'],
  ],
  ['everything of the cluster', everywhere(rule('*', '*', { group: '*' })), all],
  ['cluster roles', everywhere(rule('list', 'clusterroles')), ['clusterRole', 'service']],
  ['cluster roles in a namespace', inShop(rule('list', 'clusterroles')), ['service']],
])('%s', (_, rights, seen) => {
  const found = Object.entries(objects).filter(([, object]) => seesAccessObject(rights, object));
  expect(found.map(([name]) => name)).toEqual(seen);
});
