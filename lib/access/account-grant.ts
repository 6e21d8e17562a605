import type { Grant, GrantTo } from './grant.ts';
import { type Role, roleHas } from './roles.ts';

const made = new Map<Role, Grant>();

/** What an account gives by itself: its role, in the whole estate. */
export function accountGrant(name: string, role: Role): GrantTo {
  const grant = made.get(role) ?? grantOf(role);
  made.set(role, grant);
  return { grant, subject: `user ${name}` };
}

function grantOf(role: Role): Grant {
  return {
    origin: {
      source: { kind: 'settings', cluster: null, name: 'account' },
      kind: 'binding',
      namespace: null,
      name: 'role of the account',
      role,
    },
    role,
    reaches: [{ kind: 'clusters', clusters: ['*'] }],
    policies: roleHas(role, 'read') ? 'all' : [],
  };
}
