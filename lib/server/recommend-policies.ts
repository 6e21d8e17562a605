import { ok, type Result } from '#lib/kit/result.ts';
import type { RecommendOptions } from '#lib/policy/recommend/recommend.ts';
import { type TriedRecommendation, tryRecommendation } from '#lib/policy/recommend/try-recommendation.ts';
import { loadManifests } from './load-manifests.ts';
import { readFlowFile } from './read-flow-file.ts';

export type RecommendQuestion = Omit<RecommendOptions, 'networkSets'> & {
  readonly flows: string;
  /** Manifests whose network sets rules may name; null for none. */
  readonly base: string | null;
};

/** Least-privilege policies for a namespace from a flow log, tried on the same log as YAML. */
export async function recommendPolicies({
  flows,
  base,
  ...options
}: RecommendQuestion): Promise<Result<TriedRecommendation, string>> {
  const read = await readFlowFile(flows);
  if (!read.ok) return read;
  const loaded = base === null ? null : await loadManifests(base);
  if (loaded !== null && !loaded.ok) return loaded;
  const networkSets = loaded?.value.reading.cluster.networkSets ?? [];
  return ok(tryRecommendation(read.value.flows, { ...options, networkSets }));
}
