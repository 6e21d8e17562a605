import type { Access } from './access.ts';
import { everyPolicy } from './policy-rights.ts';
import { roleRights } from './roles.ts';
import { wholeEstate } from './scope.ts';

/** The operator of the machine may do everything everywhere. */
export function operatorAccess(): Access {
  const scope = wholeEstate();
  return {
    viewer: { kind: 'operator' },
    rights: new Set(roleRights.admin),
    scope,
    scopes: { read: scope, export: scope, simulate: scope, share: scope, 'share:public': scope },
    policies: everyPolicy,
  };
}
