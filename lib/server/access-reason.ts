import type { Grant, GrantTo } from '#lib/access/grant.ts';
import { roleRights } from '#lib/access/roles.ts';
import type { AccessReason } from '#lib/contracts/access.ts';

/** A grant as it is shown: the binding and the subject by which somebody has it. */
export function accessReason({ grant, subject }: GrantTo): AccessReason {
  return { ...grant.origin, subject };
}

/** What a grant gives, for people: the rights of its role, and which policies RBAC lets be read. */
export function givenBy({ role, policies }: Pick<Grant, 'role' | 'policies'>): string[] {
  const rights = role === null ? [] : roleRights[role];
  return policies !== 'all' && policies.length > 0 ? [...rights, 'policies by RBAC'] : [...rights];
}
