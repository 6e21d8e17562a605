import { type GraphOverlay, noOverlay, overlayOfPolicy } from '#lib/contracts/overlay.ts';
import { clusterOfPolicyId, policyId } from '#lib/contracts/policy-id.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { Depth } from '#lib/graph/depth.ts';
import type { Connection } from '#lib/graph/overlay/connection.ts';
import type { EdgeOverlays } from '#lib/graph/overlay/fold-overlay.ts';
import { ruledOverlay, selectedNodes } from '#lib/graph/overlay/selected.ts';
import type { Span } from '#lib/kit/window.ts';
import { type Decider, decidersInWords } from './deciders-in-words.ts';
import { policiesChangedAt } from './policies-changed-at.ts';
import { policyRefs } from './policy-refs.ts';
import { type PolicySeer, policyWorld } from './policy-world.ts';
import { selectedBy } from './selected-by.ts';

export type SelectedQuestion = {
  /** Of the policy. */
  readonly id: string;
  readonly seer: PolicySeer;
  readonly window: Span;
  readonly connections: readonly Connection[];
  readonly depth: Depth;
};

/**
 * One policy on the graph: what it selects now, and what its rules decided as the records say. One that the
 * viewer may not see and one that does not exist are answered alike, with nothing.
 */
export async function selectedPolicy(
  reader: Reader,
  { id, seer, window, connections, depth }: SelectedQuestion,
): Promise<{ readonly edges: EdgeOverlays; readonly overlay: GraphOverlay }> {
  const name = overlayOfPolicy(id);
  const cluster = clusterOfPolicyId(id) ?? '';
  const world = await policyWorld(reader, seer, { cluster, atMs: null });
  const ruledBy = await decidersInWords(reader, seer, window, (decider) => ruleOf(id, decider));
  const changedAt = await policiesChangedAt(reader, seer, world);
  const row = world.seen.find((one) => one.id === id);
  const nothing = { ...noOverlay, name };
  if (row === undefined) return { edges: new Map(), overlay: nothing };
  const { rowOf } = policyRefs(world);
  const policy = world.reading.cluster.policies.find((one) => rowOf(one) === row);
  const { edges, counts } = ruledOverlay(name, connections, ruledBy, depth);
  const { kind, namespace, name: called } = row.manifest;
  const selects = policy === undefined ? () => false : selectedBy(world).askerOf(policy);
  return {
    edges,
    overlay: {
      ...nothing,
      policies: [{ cluster, changedAt }],
      counts,
      selected: {
        id,
        kind,
        namespace: namespace ?? '',
        name: called,
        isEvaluated: policy !== undefined,
        nodes: [...selectedNodes(cluster, world.reading.peers, selects, depth)],
      },
    },
  };
}

/** The rule of a policy by which traffic was decided, in words; null where another one decided. */
function ruleOf(id: string, { hit, cluster, way }: Decider): string | null {
  if (hit.kind === 'Hidden') return null;
  const isEnd = hit.kind === 'EndOfTier';
  const named = isEnd ? hit.trigger : hit;
  if (named === null || policyId(cluster, named) !== id) return null;
  if (isEnd) return `the end of tier ${hit.tier}, on the way ${way}`;
  const { ruleIndex } = hit;
  return ruleIndex === null || ruleIndex < 0
    ? `a rule of it, on the way ${way}`
    : `its rule ${ruleIndex}, on the way ${way}`;
}
