import type { ExplainedDirection, Explanation, PolicyStep } from '#lib/contracts/policies.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { Verdict } from '#lib/policy/complete-world.ts';
import { type DirectionAnswer, evaluateFlow, type FlowAnswer } from '#lib/policy/evaluate.ts';
import type { Hit } from '#lib/policy/evidence.ts';
import { decidingHit, decisionTitle } from '#lib/policy/explain.ts';
import type { Endpoint } from '#lib/policy/model.ts';
import { hiddenPolicy } from '#lib/policy/opaque-policies.ts';
import { titleOf } from '#lib/policy/parse/policy-reader.ts';
import { type AskedEnd, askedEnd } from './asked-end.ts';
import { type PolicyRefs, policyRefs } from './policy-refs.ts';
import { type PolicySeer, policyWorld } from './policy-world.ts';
import { whyNotEvaluated } from './read-policies.ts';

export type ReachQuestion = {
  readonly cluster: string;
  readonly atMs: number | null;
  readonly from: string;
  readonly to: string;
  /** As flow records spell it. */
  readonly protocol: string;
  readonly port: number | null;
};

export type ReachAnswer =
  | { readonly kind: 'explained'; readonly explanation: Explanation }
  /** Neither end is in scope, or nothing is known of the cluster. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'no-end'; readonly field: 'from' | 'to'; readonly message: string };

/** May one end reach the other, with no flow needed, as far as the viewer may know. */
export async function explainReach(
  reader: Reader,
  seer: PolicySeer,
  question: ReachQuestion,
): Promise<ReachAnswer> {
  const { cluster, atMs, protocol, port } = question;
  const world = await policyWorld(reader, seer, { cluster, atMs });
  const from = askedEnd(world, seer, question.from);
  const to = askedEnd(world, seer, question.to);
  const isNothing = world.isPartial && ![from, to].some((end) => !end.ok || end.value.inScope);
  if (isNothing || (world.isPartial && world.reading.peers.length === 0)) return { kind: 'nothing' };
  if (!from.ok) return { kind: 'no-end', field: 'from', message: from.error };
  if (!to.ok) return { kind: 'no-end', field: 'to', message: to.error };
  const isSame = from.value.title === to.value.title;
  const answer = evaluateFlow(world.compiled('enforced-only'), {
    source: podOf(from.value.endpoint, 'one of its pods'),
    // Two pods of one workload, since a pod may always reach itself.
    destination: podOf(to.value.endpoint, isSame ? 'another of its pods' : 'one of its pods'),
    protocol,
    sourcePort: null,
    destinationPort: port ?? 0,
  });
  const refs = policyRefs(world);
  const told = toldOf(answer, from.value, to.value);
  const refused = new Set(world.reading.refused);
  return {
    kind: 'explained',
    explanation: {
      cluster,
      at: atMs === null ? null : new Date(atMs).toISOString(),
      from: endDocument(from.value),
      to: endDocument(to.value),
      protocol,
      port,
      verdict: told.verdict,
      missing: [...told.missing],
      egress: told.egress === null ? null : directionDocument(told.egress, refs),
      ingress: told.ingress === null ? null : directionDocument(told.ingress, refs),
      notRead: world.seen
        .filter(({ manifest }) => refused.has(manifest))
        .map(({ manifest }) => ({ title: titleOf(manifest), reason: whyNotEvaluated(manifest) })),
    },
  };
}

function podOf(endpoint: Endpoint, pod: string): Endpoint {
  return endpoint.kind === 'workload' ? { ...endpoint, pod } : endpoint;
}

function endDocument({ title, kind, inScope }: AskedEnd): Explanation['from'] {
  return { title, kind, inScope };
}

type Told = {
  readonly verdict: Verdict;
  readonly missing: readonly string[];
  readonly egress: DirectionAnswer | null;
  readonly ingress: DirectionAnswer | null;
};

/**
 * What may be told of an answer: at an end that is out of scope its policies decide, and those are nobody else's
 * business, whether they allow or deny. At an address there are none.
 */
function toldOf(
  answer: FlowAnswer,
  from: Pick<AskedEnd, 'kind' | 'title'>,
  to: Pick<AskedEnd, 'kind' | 'title'>,
): Told {
  const egress = ofEnd(answer.egress, from);
  const ingress = ofEnd(answer.ingress, to);
  if (egress !== null && ingress !== null && from.kind !== 'address' && to.kind !== 'address')
    return { verdict: answer.verdict, missing: answer.missing, egress, ingress };
  const known = [egress, ingress].filter((direction) => direction !== null);
  const isDenied = known.some(({ verdict }) => verdict === 'denied');
  if (isDenied) return { verdict: 'denied', missing: [], egress, ingress };
  const missing = known.flatMap((direction) => direction.missing);
  const far = [from, to].filter(({ kind }) => kind === 'far').map(({ title }) => farMissing(title));
  const open = [...new Set([...missing, ...far])];
  return { verdict: open.length === 0 ? 'allowed' : 'undecidable', missing: open, egress, ingress };
}

function farMissing(title: string): string {
  return `what applies to ${title}, which is outside your scope`;
}

function ofEnd(direction: DirectionAnswer, { kind }: Pick<AskedEnd, 'kind'>): DirectionAnswer | null {
  if (kind === 'far') return null;
  if (kind !== 'address') return direction;
  const decision = { kind: 'exception', reason: 'no policy applies to an address outside' } as const;
  const hit: Hit = { decision, action: 'allow', isCertain: true };
  return { verdict: 'allowed', missing: [], direction: direction.direction, hits: [hit], unmatched: [] };
}

function directionDocument(answer: DirectionAnswer, refs: PolicyRefs): ExplainedDirection {
  const deciding = decidingHit(answer);
  return {
    verdict: answer.verdict,
    missing: [...answer.missing],
    decidedBy: deciding === null ? null : stepDocument(deciding, refs),
    steps: answer.hits.map((hit) => stepDocument(hit, refs)),
    unmatched: answer.unmatched.map(({ policy, isCertain }) => ({ policy: refs.refOf(policy), isCertain })),
  };
}

function stepDocument({ decision, action, isCertain }: Hit, refs: PolicyRefs): PolicyStep {
  const said = { action, isCertain, text: decisionTitle(decision) };
  const nothing = { tier: null, policy: null, rule: null, reason: null };
  switch (decision.kind) {
    case 'rule': {
      const { tier, policy, ruleIndex } = decision;
      return { ...said, ...nothing, by: 'rule', tier, policy: refs.refOf(policy), rule: ruleIndex };
    }
    case 'end-of-tier': {
      const { tier, trigger } = decision;
      return { ...said, ...nothing, by: 'end-of-tier', tier, policy: refs.refOf(trigger) };
    }
    case 'profile':
      return { ...said, ...nothing, by: 'profile' };
    case 'exception': {
      const { reason } = decision;
      return { ...said, ...nothing, by: reason.startsWith(hiddenPolicy) ? 'hidden' : 'exception', reason };
    }
  }
}
