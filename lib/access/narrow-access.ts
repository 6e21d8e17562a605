import type { Access } from './access.ts';
import type { PolicyRights } from './policy-rights.ts';
import type { ScopedRight } from './roles.ts';
import { sharedScope } from './scope.ts';

/** What two may both do and see, asked for by the first: somebody's access in the hands of somebody else. */
export function narrowAccess(own: Access, other: Access): Access {
  const both = (right: ScopedRight) => sharedScope(own.scopes[right], other.scopes[right]);
  return {
    viewer: own.viewer,
    rights: new Set([...other.rights].filter((right) => own.rights.has(right))),
    scope: sharedScope(own.scope, other.scope),
    scopes: {
      read: both('read'),
      export: both('export'),
      simulate: both('simulate'),
      share: both('share'),
      'share:public': both('share:public'),
    },
    policies: sharedPolicies(own.policies, other.policies),
  };
}

function sharedPolicies(own: PolicyRights, other: PolicyRights): PolicyRights {
  if (own.isEstate) return other;
  if (other.isEstate) return own;
  return {
    isEstate: false,
    clusters: shared(own.clusters, other.clusters),
    namespaces: shared(own.namespaces, other.namespaces),
    // What two sets of RBAC rules both allow is no set of rules; less than both is safe.
    rules: new Map(),
  };
}

function shared(own: ReadonlySet<string>, other: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...own].filter((each) => other.has(each)));
}
