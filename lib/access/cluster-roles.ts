import type { RoleRule } from '#lib/inventory/model.ts';
import type { RbacRole } from './binding.ts';
import { matchesLabels } from './match-labels.ts';

const aggregateTo = (role: string) => `rbac.authorization.k8s.io/aggregate-to-${role}`;

const readPods: RoleRule = {
  verbs: ['get', 'list', 'watch'],
  apiGroups: [''],
  resources: ['pods', 'namespaces', 'serviceaccounts'],
  resourceNames: [],
  nonResourceUrls: [],
};
const readPolicies: RoleRule = {
  ...readPods,
  apiGroups: ['networking.k8s.io'],
  resources: ['networkpolicies'],
};
const readRoles: RoleRule = {
  ...readPods,
  apiGroups: ['rbac.authorization.k8s.io'],
  resources: ['roles', 'rolebindings'],
};
const everything: RoleRule = { ...readPods, verbs: ['*'], apiGroups: ['*'], resources: ['*'] };

/**
 * The roles that every API server makes itself, so that no repository has them, with those of their
 * rules that count here (plugin/pkg/auth/authorizer/rbac/bootstrappolicy). One that is applied replaces them.
 */
const defaultRoles: readonly RbacRole[] = [
  role('cluster-admin', { rules: [everything] }),
  role('admin', { aggregates: 'admin' }),
  role('system:aggregate-to-admin', { rules: [readRoles], labels: { [aggregateTo('admin')]: 'true' } }),
  role('edit', { aggregates: 'edit', labels: { [aggregateTo('admin')]: 'true' } }),
  role('view', { aggregates: 'view', labels: { [aggregateTo('edit')]: 'true' } }),
  role('system:aggregate-to-view', {
    rules: [readPods, readPolicies],
    labels: { [aggregateTo('view')]: 'true' },
  }),
];

type Made = Partial<Pick<RbacRole, 'rules' | 'labels'>> & { readonly aggregates?: string };

function role(name: string, { rules = [], labels = {}, aggregates }: Made): RbacRole {
  const selector = (to: string) => ({ matchLabels: { [aggregateTo(to)]: 'true' }, matchExpressions: [] });
  return {
    namespace: null,
    name,
    labels,
    rules,
    aggregates: aggregates === undefined ? null : [selector(aggregates)],
  };
}

/** The ClusterRoles of a cluster by name, with what each allows in the end. */
export type ClusterRoles = (name: string) => readonly RoleRule[] | null;

/**
 * Follows aggregation from role to role, each at most once, so that a circle ends. What a gathering role
 * says in its own `rules` is the API server's to write and does not count (as clusterroleaggregation does).
 */
export function clusterRoles(applied: readonly RbacRole[]): ClusterRoles {
  const roles = new Map([...defaultRoles, ...applied].map((each) => [each.name, each]));
  const known = new Map<string, readonly RoleRule[]>();
  return (name) => {
    if (!roles.has(name)) return null;
    const rules = known.get(name) ?? gathered(name, roles);
    known.set(name, rules);
    return rules;
  };
}

function gathered(name: string, roles: ReadonlyMap<string, RbacRole>): readonly RoleRule[] {
  const met = new Set([name]);
  const rules: RoleRule[] = [];
  for (const each of met) {
    const found = roles.get(each);
    if (found === undefined) continue;
    if (found.aggregates === null) rules.push(...found.rules);
    for (const selector of found.aggregates ?? [])
      for (const other of roles.values()) if (matchesLabels(selector, other.labels)) met.add(other.name);
  }
  return rules;
}
