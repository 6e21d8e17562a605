import { readManifests } from '#lib/inventory/read-manifests.ts';
import { enforceStaged } from '#lib/policy/check/apply-draft.ts';
import { type CheckedFlow, checkDraft } from '#lib/policy/check/check-draft.ts';
import type { RecordedFlow } from '#lib/policy/check/recorded-flows.ts';
import { readPolicies } from '#lib/policy/parse/read-policies.ts';
import { policiesYaml } from '#lib/policy/recommend/policy-yaml.ts';
import { type Recommendation, type RecommendOptions, recommend } from '#lib/policy/recommend/recommend.ts';

export type PolicyRecommendation = Recommendation & {
  readonly yaml: string;
  /** Recorded as allowed, and what the recommended policies would do to it once enforced. */
  readonly wouldDeny: readonly CheckedFlow[];
  readonly undecidable: readonly CheckedFlow[];
  /** Connections of the namespace that stay allowed. */
  readonly kept: number;
};

const FILE = 'recommended.yaml';

/** Least-privilege policies for a namespace from recorded flows, tried on the same flows as YAML. */
export function recommendPolicies(
  flows: readonly RecordedFlow[],
  options: RecommendOptions,
): PolicyRecommendation {
  const recommendation = recommend(flows, options);
  const yaml = policiesYaml(recommendation.policies, options.kind);
  const { objects } = readManifests([{ file: FILE, text: yaml }]);
  const draft = enforceStaged(readPolicies(objects), new Set([FILE]));
  const concerned = flows.filter(
    ({ client, server, recorded }) =>
      recorded.allowed > 0 && [client, server].some(({ namespace }) => namespace === options.namespace),
  );
  const check = checkDraft(readPolicies([]), draft, concerned);
  return {
    ...recommendation,
    yaml,
    wouldDeny: check.newlyDenied,
    undecidable: check.undecidable,
    kept: check.summary.same,
  };
}
