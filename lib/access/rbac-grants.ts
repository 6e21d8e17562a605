import type { RoleRule } from '#lib/inventory/model.ts';
import type { RbacBinding } from './binding.ts';
import { type ClusterRoles, clusterRoles } from './cluster-roles.ts';
import type { Grant } from './grant.ts';
import { type RbacOfCluster, roleKey, type SourcedBinding } from './rbac-by-cluster.ts';
import { allowsTraffic } from './rbac-rules.ts';
import type { Role } from './roles.ts';
import { sightRules } from './sight-rules.ts';

// Whoever may list pods works there: the same rights as a binding to a team gives.
const roleOfRbac: Role = 'team';

export type RbacGrant = SourcedBinding & {
  /** Null where there is no role of that name. */
  readonly rules: readonly RoleRule[] | null;
  /** Null where it gives nothing that Flowloom shows. */
  readonly grant: Grant | null;
};

/** What each binding of a cluster gives. */
export function rbacGrants({ cluster, roles, bindings }: RbacOfCluster): readonly RbacGrant[] {
  const ofCluster = clusterRoles([...roles.values()].filter(({ namespace }) => namespace === null));
  return bindings.map((sourced) => {
    const rules = boundRules(sourced.binding, roles, ofCluster);
    return { ...sourced, rules, grant: rules && grantOf(cluster, sourced, rules) };
  });
}

function boundRules(
  { namespace, role }: RbacBinding,
  roles: RbacOfCluster['roles'],
  ofCluster: ClusterRoles,
): readonly RoleRule[] | null {
  if (role.kind === 'ClusterRole') return ofCluster(role.name);
  // A Role is of the binding's own namespace; a ClusterRoleBinding can have none.
  return namespace === null ? null : (roles.get(roleKey(namespace, role.name))?.rules ?? null);
}

function grantOf(
  cluster: string,
  { source, binding: { namespace, name, role } }: SourcedBinding,
  rules: readonly RoleRule[],
): Grant | null {
  const policies = sightRules(rules);
  const isSeeing = allowsTraffic(rules);
  if (!isSeeing && policies.length === 0) return null;
  const kind = namespace === null ? 'ClusterRoleBinding' : 'RoleBinding';
  return {
    origin: { source, kind, namespace, name, role: role.name },
    role: isSeeing ? roleOfRbac : null,
    reaches: [namespace === null ? { kind: 'cluster', cluster } : { kind: 'namespace', cluster, namespace }],
    policies,
  };
}
