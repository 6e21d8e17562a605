import type { RoleRule } from '#lib/inventory/model.ts';
import { speaksOfAccess } from './access-object-sight.ts';
import { speaksOfPolicies } from './policy-rights.ts';

/** Of some rules those that let objects be read which show only to whom RBAC lets: most speak of other things. */
export function sightRules(rules: readonly RoleRule[]): readonly RoleRule[] {
  return rules.filter(
    (rule) =>
      (speaksOfPolicies(rule) || speaksOfAccess(rule)) &&
      rule.verbs.some((verb) => verb === 'get' || verb === 'list' || verb === '*'),
  );
}
