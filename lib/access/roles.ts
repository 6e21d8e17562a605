import type { AccessRole } from '#lib/inventory/model.ts';

/** Every role with what it may do. What it may see is not here: that is what its bindings reach. */
export const roleRights = {
  admin: [
    'read',
    'export',
    'simulate',
    'share',
    'share:public',
    'sources',
    'inventory',
    'access',
    'audit',
    'view-as',
  ],
  security: ['read', 'export', 'simulate', 'share', 'share:public', 'audit'],
  operator: ['sources', 'inventory'],
  team: ['read', 'export', 'simulate', 'share'],
  viewer: ['read'],
} as const satisfies Readonly<Record<AccessRole, readonly string[]>>;

export type Role = keyof typeof roleRights;

/**
 * `read` the graph and flows in scope, `export` them, `simulate` drafts, `share` views and links,
 * `share:public` without sign-in; manage `sources`, the `inventory`, and `access` (people, bindings,
 * tokens); read the `audit` log; `view-as` somebody else.
 */
export type Right = (typeof roleRights)[Role][number];

/**
 * Rights over what a binding reaches. The others concern the installation as a whole, and only a
 * binding to the whole estate gives them: an admin of one cluster does not administer the others.
 */
export const scopedRights = [
  'read',
  'export',
  'simulate',
  'share',
  'share:public',
] as const satisfies Right[];

export type ScopedRight = (typeof scopedRights)[number];

export function isScopedRight(right: Right): right is ScopedRight {
  return scopedRights.some((each) => each === right);
}

export function roleHas(role: Role, right: Right): boolean {
  return roleRights[role].some((each) => each === right);
}

/** Every right there is: whoever administers has them all. */
export const allRights: readonly Right[] = roleRights.admin;

/** True for the name of a role. */
export function isRole(name: string): name is Role {
  return Object.hasOwn(roleRights, name);
}
