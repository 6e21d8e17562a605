import { speaksOfAccess } from '#lib/access/access-object-sight.ts';
import type { Grant, GrantTo } from '#lib/access/grant.ts';
import { speaksOfPolicies } from '#lib/access/policy-rights.ts';
import { roleRights } from '#lib/access/roles.ts';
import type { AccessReason } from '#lib/contracts/access.ts';

/** A grant as it is shown: the binding and the subject by which somebody has it. */
export function accessReason({ grant, subject }: GrantTo): AccessReason {
  return { ...grant.origin, subject };
}

/** What a grant gives, for people: the rights of its role, and which single objects RBAC lets be read. */
export function givenBy({ role, policies }: Pick<Grant, 'role' | 'policies'>): string[] {
  const rights = role === null ? [] : roleRights[role];
  if (policies === 'all') return [...rights];
  return [
    ...rights,
    ...(policies.some(speaksOfPolicies) ? ['policies by RBAC'] : []),
    ...(policies.some(speaksOfAccess) ? ['roles and accounts by RBAC'] : []),
  ];
}
