import type { PolicyRights } from './policy-rights.ts';
import { isScopedRight, type Right, type ScopedRight } from './roles.ts';
import { limitedScope, type Scope, wholeEstate } from './scope.ts';
import type { Viewer } from './viewer.ts';

/** What one viewer may do and see, decided once per request. */
export type Access = {
  readonly viewer: Viewer;
  /** What they may do at all, anywhere. */
  readonly rights: ReadonlySet<Right>;
  /** What they may read. */
  readonly scope: Scope;
  /** Where each right holds: whoever may simulate with one namespace may perhaps only read another. */
  readonly scopes: Readonly<Record<ScopedRight, Scope>>;
  readonly policies: PolicyRights;
};

/** Where a right holds: the scope to use for whatever it allows, instead of `access.scope`. */
export function scopeOf(access: Pick<Access, 'rights' | 'scopes'>, right: Right): Scope {
  if (isScopedRight(right)) return access.scopes[right];
  return access.rights.has(right) ? wholeEstate() : limitedScope({ clusters: [], namespaceIds: [] });
}
