import type { VisiblePolicies } from './redact.ts';
import type { Scope } from './scope.ts';

/**
 * What the scope alone says of policies, for hits at an end in namespace `own` (null where it has none): the
 * namespace's policies are its own, also the profile that Calico makes of it; those of the whole cluster are
 * for the whole estate.
 */
export function policiesOf(scope: Scope, own: string | null): VisiblePolicies {
  if (scope.isEstate) return () => 'full';
  return ({ kind, namespace, name }) => {
    if (own === null) return 'none';
    const profile = /^(?:kns|ksa)\.([^.]+)/.exec(name)?.[1];
    return (kind === 'Profile' ? profile : namespace) === own ? 'full' : 'none';
  };
}
