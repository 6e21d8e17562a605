import type { RoleSubject } from '#lib/inventory/model.ts';
import type { ClusterIdentity, Subject } from './binding.ts';
import type { Role } from './roles.ts';

/** What bindings are found by: `user:` and an address in small letters, `group:` and a name, or this. */
const everyoneSignedIn = 'authenticated';

/** Whoever is asked about. For a person, `name` is the e-mail address. */
export type Somebody = {
  readonly name: string;
  readonly groups: readonly string[];
  /** What their account gives them in the whole estate, where it says so. */
  readonly role?: Role | null;
};

/** Mail addresses are compared without regard to case, as identity providers do; groups as they are written. */
export function subjectKey({ kind, name }: Subject): string {
  return kind === 'user' ? `user:${name.toLowerCase()}` : `group:${name}`;
}

/** Their groups, with those of Flowloom's own that they are in. */
export function allGroupsOf(
  { name, groups }: Somebody,
  groupsOf: (user: string) => readonly string[],
): readonly string[] {
  return [...new Set([...groups, ...groupsOf(name.toLowerCase())])];
}

/** Every key that is theirs, with the groups of Flowloom's own that they are in. */
export function keysOf(
  { name, groups }: Somebody,
  groupsOf: (user: string) => readonly string[],
): readonly string[] {
  return [
    subjectKey({ kind: 'user', name }),
    ...allGroupsOf({ name, groups }, groupsOf).map((group) => subjectKey({ kind: 'group', name: group })),
    everyoneSignedIn,
  ];
}

/**
 * Who a subject of a cluster's RBAC is here; null where it can be nobody who signs in: service accounts,
 * the cluster's own users and groups (`system:`), and names without the prefix of the identity provider.
 */
export function rbacSubjectKey(subject: RoleSubject, identity: ClusterIdentity): string | null {
  if (subject.kind === 'ServiceAccount') return null;
  const { kind, name } = subject;
  if (kind === 'Group' && name === 'system:authenticated')
    return identity.matchAuthenticated ? everyoneSignedIn : null;
  const prefix = kind === 'User' ? identity.userPrefix : identity.groupPrefix;
  const own = name.slice(prefix.length);
  // A provider that may say `system:masters` would otherwise make masters of whom it likes.
  if (!name.startsWith(prefix) || own === '' || name.startsWith('system:')) return null;
  return subjectKey({ kind: kind === 'User' ? 'user' : 'group', name: own });
}

/** How a cluster calls people of whom nothing was said: as the identity provider does. */
export function plainIdentity(cluster: string): ClusterIdentity {
  return { cluster, userPrefix: '', groupPrefix: '', matchAuthenticated: false };
}
