import type { PolicyHitDocument } from '#lib/contracts/graph.ts';
import { buildPoliciesQuery, defaultPolicies } from '#lib/contracts/policies-url.ts';
import { policyId } from '#lib/contracts/policy-id.ts';

/** Where the policy of a hit is shown, at the rule that was hit; null where a hit is of no policy that is shown. */
export function policyHref(
  cluster: string,
  direction: 'egress' | 'ingress',
  { kind, tier, namespace, name, ruleIndex, trigger }: PolicyHitDocument,
): string | null {
  if (kind === 'EndOfTier') {
    if (trigger === null) return null;
    const policy = policyId(cluster, trigger);
    return `/policies${buildPoliciesQuery({ ...defaultPolicies, cluster, policy })}`;
  }
  if (kind === 'Profile' || kind === 'Hidden' || kind === 'Unknown') return null;
  const rule = ruleIndex === null || ruleIndex < 0 ? null : { direction, index: ruleIndex };
  const policy = policyId(cluster, { kind, tier, namespace, name });
  return `/policies${buildPoliciesQuery({ ...defaultPolicies, cluster, policy, rule })}`;
}
