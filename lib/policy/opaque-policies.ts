import type { Policy, UnevaluatedPolicy } from './model.ts';
import type { ClusterReading } from './parse/read-policies.ts';

/** Policies that somebody may not see, as far as an answer to them depends on them. */
export type Opaque = {
  /** Where they select, nobody who may not see them is told what they say. */
  readonly enforced: readonly UnevaluatedPolicy[];
  /** The same with the staged ones. */
  readonly staged: readonly UnevaluatedPolicy[];
};

/** How answers call what they may not name. */
export const hiddenPolicy = 'a policy that you may not see';

/**
 * Leaves of policies only whom they select: an answer about such an end is open, and says nothing of names,
 * rules or peers. `tierIsSeen` tells whether the tier may be named.
 */
export function opaquePolicies(
  { cluster }: Pick<ClusterReading, 'cluster'>,
  tierIsSeen: (tier: string) => boolean,
): Opaque {
  const { policies, unevaluated } = cluster;
  const rest = unevaluated.map(({ subject, types }) => ({ title: `${hiddenPolicy} is`, subject, types }));
  const enforced = policies.filter(({ stagedAction }) => stagedAction === null);
  const staged = policies.filter(({ stagedAction }) => stagedAction !== 'delete');
  const all = (which: readonly Policy[]): readonly UnevaluatedPolicy[] => [
    ...which.map(({ tier, subject, types }) => ({
      title: tierIsSeen(tier) ? `${hiddenPolicy}, in tier ${tier}, is` : `${hiddenPolicy} is`,
      subject,
      types,
    })),
    ...rest,
  ];
  return { enforced: distinct(all(enforced)), staged: distinct(all(staged)) };
}

/** Each is asked of every end, and many say the same. */
function distinct(policies: readonly UnevaluatedPolicy[]): readonly UnevaluatedPolicy[] {
  const byText = new Map(
    policies.map((policy) => [
      JSON.stringify([policy.title, policy.subject.canonical, policy.types]),
      policy,
    ]),
  );
  return [...byText.values()];
}
