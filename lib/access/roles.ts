/** Every role with what it may do. What it may see is not here: that is the scope of its bindings. */
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
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type Role = keyof typeof roleRights;

/**
 * `read` the graph and flows in scope, `export` them, `simulate` drafts, `share` views and links,
 * `share:public` without sign-in; manage `sources`, the `inventory`, and `access` (people, bindings,
 * tokens); read the `audit` log; `view-as` somebody else.
 */
export type Right = (typeof roleRights)[Role][number];

/** Every right there is: whoever administers has them all. */
export const allRights: readonly Right[] = roleRights.admin;

/** True for the name of a role. */
export function isRole(name: string): name is Role {
  return Object.hasOwn(roleRights, name);
}
