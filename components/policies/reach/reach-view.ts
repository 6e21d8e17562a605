import type { ExplainedDirection, Explanation, PolicyStep } from '#lib/contracts/policies.ts';
import { buildPoliciesQuery, defaultPolicies } from '#lib/contracts/policies-url.ts';

/** The answer of the box: a verdict, and for each direction which tier, policy and rule decided. */

export type StepRow = {
  readonly key: string;
  readonly tier: string;
  readonly text: string;
  readonly action: PolicyStep['action'];
  readonly isDeciding: boolean;
  readonly isCertain: boolean;
  /** Where its policy is shown; null where it is not in the inventory or may not be seen. */
  readonly href: string | null;
};

export type DirectionView = {
  readonly title: string;
  readonly verdict: ExplainedDirection['verdict'] | null;
  /** null verdict: why nothing is told. */
  readonly note: string;
  readonly steps: readonly StepRow[];
  readonly unmatched: readonly string[];
};

export type ReachView = {
  readonly verdict: Explanation['verdict'];
  readonly sentence: string;
  readonly missing: readonly string[];
  readonly directions: readonly DirectionView[];
  readonly notRead: readonly string[];
};

export function toReachView(explanation: Explanation): ReachView {
  const { cluster, from, to, protocol, port, verdict, missing, egress, ingress, notRead } = explanation;
  const atMs = explanation.at === null ? null : Date.parse(explanation.at);
  const place = { cluster, atMs };
  const at = port === null ? protocol.toUpperCase() : `${protocol.toUpperCase()} ${port}`;
  return {
    verdict,
    sentence: `${from.title} ${verbs[verdict]} ${to.title} on ${at}`,
    missing,
    directions: [
      direction(`Out of ${from.title}`, egress, 'egress', place),
      direction(`Into ${to.title}`, ingress, 'ingress', place),
    ],
    notRead: notRead.map(({ title, reason }) => `${title}: ${reason}`),
  };
}

const verbs = {
  allowed: 'may reach',
  denied: 'may not reach',
  undecidable: 'may or may not reach',
} as const;

/** Whose policies were asked, and of when. */
type Place = { readonly cluster: string; readonly atMs: number | null };

function direction(
  title: string,
  answer: ExplainedDirection | null,
  way: 'egress' | 'ingress',
  place: Place,
): DirectionView {
  if (answer === null) {
    const note = 'This end is outside of what you may see, so nothing is told of its policies.';
    return { title, verdict: null, note, steps: [], unmatched: [] };
  }
  const { verdict, steps, decidedBy, unmatched } = answer;
  return {
    title,
    verdict,
    note: steps.length === 0 && verdict !== 'undecidable' ? 'No policy selects it in this direction.' : '',
    steps: steps.map((step, index) => ({
      key: `${index} ${step.text}`,
      tier: step.tier ?? '',
      text: step.text,
      action: step.action,
      isDeciding: decidedBy !== null && step.text === decidedBy.text && index === steps.length - 1,
      isCertain: step.isCertain,
      href: hrefOf(step, way, place),
    })),
    unmatched: unmatched.map(({ policy, isCertain }) => {
      const name = policy.namespace === '' ? policy.name : `${policy.namespace}/${policy.name}`;
      return `${isCertain ? '' : 'perhaps '}${name}, tier ${policy.tier}`;
    }),
  };
}

function hrefOf({ policy, rule }: PolicyStep, way: 'egress' | 'ingress', place: Place): string | null {
  if (policy === null || policy.id === null) return null;
  const pointed = rule === null ? null : { direction: way, index: rule };
  return `/policies${buildPoliciesQuery({ ...defaultPolicies, ...place, policy: policy.id, rule: pointed })}`;
}
