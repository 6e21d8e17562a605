import { isScopedRight, type Right, roleRights } from '#lib/access/roles.ts';
import type { AccessReason, SightDocument } from '#lib/contracts/access.ts';

/** What each right allows, as the screen says it. */
export const rightNames: Readonly<Record<Right, string>> = {
  read: 'Read the graph and flows',
  export: 'Export them',
  simulate: 'Simulate drafts of policies',
  share: 'Share views and links',
  'share:public': 'Share without sign-in',
  sources: 'Manage sources',
  inventory: 'Manage the inventory',
  access: 'Manage people and access',
  audit: 'Read the audit log',
  'view-as': 'View as somebody else',
};

/** The rights that a server told, in the order of the table; one that this page does not know stays out. */
export function knownRights(names: readonly string[]): readonly Right[] {
  return roleRights.admin.filter((right) => names.includes(right));
}

/** Those that hold in the whole installation, not in namespaces. */
export function installationRights(names: readonly string[]): readonly Right[] {
  return knownRights(names).filter((right) => !isScopedRight(right));
}

/** What somebody sees, in a line. */
export function sightText({
  isEstate,
  clusters,
  namespaces,
}: Pick<SightDocument, 'isEstate' | 'clusters' | 'namespaces'>): string {
  if (isEstate) return 'The whole estate: every cluster and namespace';
  if (namespaces.length === 0 && clusters.length === 0) return 'Nothing';
  const counted = `${namespaces.length} ${namespaces.length === 1 ? 'namespace' : 'namespaces'}`;
  return clusters.length === 0 ? counted : `${counted}, and all of ${clusters.join(', ')}`;
}

/** Where a binding, group or role comes from. */
export function sourceText({ kind, cluster, name }: AccessReason['source']): string {
  switch (kind) {
    case 'settings':
      return name === 'account' ? 'Account' : 'Settings';
    case 'kubernetes':
      return `Kubernetes, ${cluster ?? name}`;
    case 'document':
      return `Document ${name}`;
  }
}

/** A binding by kind and name: `RoleBinding shop/readers`. */
export function bindingText({
  kind,
  namespace,
  name,
}: Pick<AccessReason, 'kind' | 'namespace' | 'name'>): string {
  const full = namespace === null ? name : `${namespace}/${name}`;
  return kind === 'binding' ? full : `${kind} ${full}`;
}
