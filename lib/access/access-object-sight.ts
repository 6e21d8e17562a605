import type { RoleRule } from '#lib/inventory/model.ts';
import { holdsAll, type PolicyRights, rulesFor } from './policy-rights.ts';
import { allows } from './rbac-rules.ts';

/** An object of a cluster, as the inventory has it. */
type ClusterObject = {
  readonly cluster: string;
  readonly apiGroup: string;
  readonly kind: string;
  /** '' where the kind has none. */
  readonly namespace: string;
  readonly name: string;
};

const rbac = 'rbac.authorization.k8s.io';

/** Who may do what in a cluster, and as whom: whoever may list pods learns none of it by that. */
const resources = [
  { group: '', kind: 'ServiceAccount', resource: 'serviceaccounts' },
  { group: rbac, kind: 'Role', resource: 'roles' },
  { group: rbac, kind: 'RoleBinding', resource: 'rolebindings' },
  { group: rbac, kind: 'ClusterRole', resource: 'clusterroles' },
  { group: rbac, kind: 'ClusterRoleBinding', resource: 'clusterrolebindings' },
] as const;

/**
 * Whether somebody who sees the place of an object may read it: of what tells of access whoever the cluster lets
 * `get` or `list` it, and whoever a binding of Flowloom lets read there. Every other kind goes with its place.
 */
export function seesAccessObject(rights: PolicyRights, object: ClusterObject): boolean {
  const { cluster, namespace, name } = object;
  const known = resources.find(({ group, kind }) => group === object.apiGroup && kind === object.kind);
  if (known === undefined || holdsAll(rights, cluster, namespace)) return true;
  const rules = rights.rules.get(cluster);
  if (rules === undefined) return false;
  const granted = rulesFor(rules, { namespace });
  const asked = { groups: [known.group], resource: known.resource };
  return (
    allows(granted, { ...asked, verbs: ['get'], name }) ||
    allows(granted, { ...asked, verbs: ['list'], name: null })
  );
}

const names = new Set<string>(['*', ...resources.map(({ resource }) => resource)]);

/** Whether a rule may let any of them be read. */
export function speaksOfAccess({ resources: named }: RoleRule): boolean {
  return named.some((each) => names.has(each));
}
