import { readManifests } from '#lib/inventory/read-manifests.ts';
import { ok, type Result } from '#lib/kit/result.ts';
import { enforceStaged } from '#lib/policy/check/apply-draft.ts';
import { type CheckedFlow, checkDraft } from '#lib/policy/check/check-draft.ts';
import { readPolicies } from '#lib/policy/parse/read-policies.ts';
import { policiesYaml } from '#lib/policy/recommend/policy-yaml.ts';
import { type Recommendation, type RecommendOptions, recommend } from '#lib/policy/recommend/recommend.ts';
import { readFlowFile } from './read-flow-file.ts';

export type PolicyRecommendation = Recommendation & {
  readonly yaml: string;
  /** Recorded as allowed, and what the recommended policies would do to it once enforced. */
  readonly wouldDeny: readonly CheckedFlow[];
  readonly undecidable: readonly CheckedFlow[];
  /** Connections of the namespace that stay allowed. */
  readonly kept: number;
};

const FILE = 'recommended.yaml';

/** Least-privilege policies for a namespace from a flow log, tried on the same log as YAML. */
export async function recommendPolicies(
  flowFile: string,
  options: RecommendOptions,
): Promise<Result<PolicyRecommendation, string>> {
  const read = await readFlowFile(flowFile);
  if (!read.ok) return read;
  const recommendation = recommend(read.value.flows, options);
  const yaml = policiesYaml(recommendation.policies, options.kind);
  const { objects } = readManifests([{ file: FILE, text: yaml }]);
  const draft = enforceStaged(readPolicies(objects), new Set([FILE]));
  const concerned = read.value.flows.filter(
    ({ client, server, recorded }) =>
      recorded.allowed > 0 && [client, server].some(({ namespace }) => namespace === options.namespace),
  );
  const check = checkDraft(readPolicies([]), draft, concerned);
  return ok({
    ...recommendation,
    yaml,
    wouldDeny: check.newlyDenied,
    undecidable: check.undecidable,
    kept: check.summary.same,
  });
}
