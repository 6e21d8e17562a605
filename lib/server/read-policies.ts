import { type PolicyRights, tierIsSeen } from '#lib/access/policy-rights.ts';
import type { PoliciesDocument, PolicyItem, PolicyTier } from '#lib/contracts/policies.ts';
import { plainName } from '#lib/contracts/policy-id.ts';
import type { Reader } from '#lib/db/reader.ts';
import { areTracesWhole } from '#lib/db/sql/deciding-policies.ts';
import { policyHits } from '#lib/db/sql/policy-hits.ts';
import type { PolicyManifest } from '#lib/inventory/model.ts';
import { type Span, wholeHours } from '#lib/kit/window.ts';
import { countHits, type HitCount, type HitsOfPolicy, hitKey } from '#lib/policy/count-hits.ts';
import type { Rule } from '#lib/policy/model.ts';
import { titleOf } from '#lib/policy/parse/policy-reader.ts';
import { readPolicies } from '#lib/policy/parse/read-policies.ts';
import { placedPolicies, tiersInOrder } from '#lib/policy/placed-policies.ts';
import { spanDocument } from './answer-window.ts';
import { policyRefs } from './policy-refs.ts';
import { type PolicySeer, type PolicyWorld, policyWorld } from './policy-world.ts';
import { type Selected, selectedBy } from './selected-by.ts';

export type PoliciesQuestion = {
  readonly cluster: string;
  /** UTC milliseconds; null: now. */
  readonly atMs: number | null;
  /** Hits are counted of its whole hours. */
  readonly window: Span;
};

/** The policies of a cluster in the order of evaluation, with what the records say of each. */
export async function readPolicyList(
  reader: Reader,
  seer: PolicySeer,
  { cluster, atMs, window }: PoliciesQuestion,
): Promise<PoliciesDocument> {
  const hours = wholeHours(window);
  const [world, traces, isWhole] = await Promise.all([
    policyWorld(reader, seer, { cluster, atMs }),
    policyHits(reader, seer.scope, { window: hours, cluster }),
    areTracesWhole(reader, seer.scope, hours),
  ]);
  const items = policyItems(world, countHits(traces));
  return {
    cluster,
    at: atMs === null ? null : new Date(atMs).toISOString(),
    window: spanDocument(hours),
    isWhole,
    tiers: tiersOf(world, seer.policies, items),
    notEvaluated: notEvaluated(world),
    warnings: world.reading.problems
      .filter(({ severity }) => severity === 'warning')
      .map(({ code, message }) => ({ code, message })),
  };
}

/** Every policy that the viewer sees, as documents say it. */
export function policyItems(
  world: PolicyWorld,
  hits: ReadonlyMap<string, HitsOfPolicy>,
  selected: Pick<Selected, 'countOf'> = selectedBy(world),
): readonly PolicyItem[] {
  const refs = policyRefs(world);
  return placedPolicies(world.reading.cluster).flatMap((policy, place) => {
    const ref = refs.refOf(policy);
    const row = refs.rowOf(policy);
    if (row === null || ref.id === null) return [];
    const found = hits.get(hitKey({ ...policy, name: plainName(policy) }));
    const counted = hits.size === 0 ? null : (found ?? none);
    return [
      {
        ...ref,
        id: ref.id,
        place,
        order: policy.order,
        isStaged: policy.stagedAction !== null,
        stagedAction: policy.stagedAction,
        types: [...policy.types],
        subject: policy.subject.canonical,
        selects: selected.countOf(policy),
        rules: {
          ingress: policy.ingress.map(ruleItem(counted, 'ingress')),
          egress: policy.egress.map(ruleItem(counted, 'egress')),
        },
        hits: counted === null ? null : countDocument(counted),
        validFrom: row.validFrom.toISOString(),
      },
    ];
  });
}

const none: HitsOfPolicy = {
  flows: 0,
  lastMs: null,
  rules: { ingress: new Map(), egress: new Map() },
  tellsRules: true,
};

function ruleItem(hits: HitsOfPolicy | null, direction: 'ingress' | 'egress') {
  return ({ action }: Rule, index: number): PolicyItem['rules']['ingress'][number] => {
    const isTold = hits?.tellsRules === true && action !== 'log';
    const count = hits?.rules[direction].get(index) ?? { flows: 0, lastMs: null };
    return { index, action, hits: isTold ? countDocument(count) : null };
  };
}

function countDocument({ flows, lastMs }: HitCount): { flows: number; lastAt: string | null } {
  return { flows, lastAt: lastMs === null ? null : new Date(lastMs).toISOString() };
}

/** Tiers that have policies in sight, and those that the viewer may know of. */
function tiersOf(world: PolicyWorld, rights: PolicyRights, items: readonly PolicyItem[]): PolicyTier[] {
  const { cluster } = world;
  const hiddenIn = new Set(world.hidden.map(({ tier }) => tier));
  return tiersInOrder(world.reading.cluster).flatMap(
    ({ tier: { name, order, defaultAction }, isMissing }) => {
      const policies = items.filter(({ tier }) => tier === name);
      const isSeen = tierIsSeen(rights, cluster, name);
      if (policies.length === 0 && !isSeen) return [];
      const told = isSeen && !isMissing;
      return [
        {
          name,
          order: told ? order : null,
          defaultAction: told ? defaultAction : null,
          isMissing: isMissing && isSeen,
          policies,
          hasHidden: isSeen && hiddenIn.has(name),
        },
      ];
    },
  );
}

/** What is there and has no place in the order: with an error in it, of Cilium, or for untracked traffic. */
function notEvaluated({ reading, seen }: PolicyWorld): PoliciesDocument['notEvaluated'] {
  const evaluated = new Set(reading.places.values());
  const refused = new Set(reading.refused);
  return seen
    .filter(({ manifest, isPolicy }) => (isPolicy && !evaluated.has(manifest.place)) || refused.has(manifest))
    .map(({ manifest, id }) => ({ id, title: titleOf(manifest), reason: whyNotEvaluated(manifest) }));
}

/** What is wrong with a policy, read by itself. */
export function whyNotEvaluated(manifest: PolicyManifest): string {
  const { problems } = readPolicies([manifest]);
  const first = problems.find(({ severity }) => severity === 'error') ?? problems[0];
  return first?.message ?? 'it is not evaluated: where it selects, answers are left open';
}
