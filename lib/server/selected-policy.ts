import { redactHit } from '#lib/access/redact.ts';
import { type GraphOverlay, noOverlay, overlayOfPolicy } from '#lib/contracts/overlay.ts';
import { clusterOfPolicyId, policyId } from '#lib/contracts/policy-id.ts';
import type { Reader } from '#lib/db/reader.ts';
import { decidingPolicies } from '#lib/db/sql/deciding-policies.ts';
import type { Depth } from '#lib/graph/depth.ts';
import { type Connection, connectionKey } from '#lib/graph/overlay/connection.ts';
import type { EdgeOverlays } from '#lib/graph/overlay/fold-overlay.ts';
import type { DecidedBy } from '#lib/graph/overlay/recorded.ts';
import { ruledOverlay, selectedNodes } from '#lib/graph/overlay/selected.ts';
import type { Span } from '#lib/kit/window.ts';
import { policiesChangedAt } from './policies-changed-at.ts';
import { policyRefs } from './policy-refs.ts';
import { type PolicySeer, policyWorld } from './policy-world.ts';
import { selectedBy } from './selected-by.ts';
import { policiesAt } from './visible-hits.ts';

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
  const ruledBy = await rulesThatDecided(reader, seer, window, id);
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

/** The rules of a policy by which traffic was decided, in words; the last hit of a trace is what decided. */
async function rulesThatDecided(
  reader: Reader,
  seer: PolicySeer,
  window: Span,
  id: string,
): Promise<DecidedBy> {
  const rules = new Map<string, Set<string>>();
  for (const { side, source, target, hits, ...row } of await decidingPolicies(reader, seer.scope, window)) {
    const last = hits.at(-1);
    const own = side === 'source' ? source : target;
    const seen = last === undefined ? null : redactHit(last, policiesAt(seer, own));
    if (seen === null || seen.kind === 'Hidden') continue;
    const named = seen.kind === 'EndOfTier' ? seen.trigger : seen;
    if (named === null || policyId(own.cluster, named) !== id) continue;
    const key = `${row.verdict} ${connectionKey({ source, target, ...row })}`;
    const way = side === 'source' ? 'out' : 'in';
    rules.set(key, (rules.get(key) ?? new Set()).add(wordsOf(seen, way)));
  }
  return (connection, verdict) => [...(rules.get(`${verdict} ${connectionKey(connection)}`) ?? [])];
}

type SeenHit = Exclude<NonNullable<ReturnType<typeof redactHit>>, { readonly kind: 'Hidden' }>;

function wordsOf({ kind, tier, ruleIndex }: SeenHit, way: 'in' | 'out'): string {
  if (kind === 'EndOfTier') return `the end of tier ${tier}, on the way ${way}`;
  return ruleIndex === null || ruleIndex < 0
    ? `a rule of it, on the way ${way}`
    : `its rule ${ruleIndex}, on the way ${way}`;
}
