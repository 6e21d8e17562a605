import { readManifests } from '#lib/inventory/read-manifests.ts';
import { enforceStaged } from '../check/apply-draft.ts';
import { type CheckedFlow, checkDraft } from '../check/check-draft.ts';
import type { RecordedFlow } from '../check/recorded-flows.ts';
import { readPolicies } from '../parse/read-policies.ts';
import { policiesYaml } from './policy-yaml.ts';
import { type Recommendation, type RecommendOptions, recommend } from './recommend.ts';

export type TriedRecommendation = Recommendation & {
  readonly yaml: string;
  /** Recorded as allowed, and what the recommended policies would do to it once enforced. */
  readonly wouldDeny: readonly CheckedFlow[];
  readonly undecidable: readonly CheckedFlow[];
  /** Connections of the namespace that stay allowed. */
  readonly kept: number;
};

const FILE = 'recommended.yaml';

/** Least-privilege policies for a namespace, tried as YAML on the flows that they were learnt from. */
export function tryRecommendation(
  flows: readonly RecordedFlow[],
  options: RecommendOptions,
): TriedRecommendation {
  const { namespace, networkSets, kind } = options;
  const recommendation = recommend(flows, options);
  const yaml = policiesYaml(recommendation.policies, kind);
  const read = readPolicies(readManifests([{ file: FILE, text: yaml }]).objects);
  const withSets = { ...read, cluster: { ...read.cluster, networkSets } };
  const concerned = flows.filter(
    ({ client, server, recorded }) =>
      recorded.allowed > 0 && [client, server].some((end) => end.namespace === namespace),
  );
  const check = checkDraft(readPolicies([]), enforceStaged(withSets, new Set([FILE])), concerned);
  return {
    ...recommendation,
    yaml,
    wouldDeny: check.newlyDenied,
    undecidable: check.undecidable,
    kept: check.summary.same,
  };
}
