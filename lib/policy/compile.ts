import { type Directory, directoryOf } from './directory.ts';
import { type LabelIndex, labelIndex } from './label-index.ts';
import { type CompiledRule, compileRule } from './match-rule.ts';
import type { Cluster, Direction, Endpoint, Policy, StagedMode, Tier, UnevaluatedPolicy } from './model.ts';
import { comparePolicies, compareTiers, type PlacedTier } from './order.ts';
import { selectorSharer } from './share-selectors.ts';
import type { Truth } from './truth.ts';

export type CompiledPolicy = {
  readonly policy: Policy;
  readonly rules: readonly CompiledRule[];
  readonly tier: PlacedTier;
  /** Its place in the order of evaluation. */
  readonly place: number;
};

/** Policies in the order of evaluation, per direction, ready for any number of flows. */
export type Compiled = {
  readonly cluster: Cluster;
  readonly directory: Directory;
  /** In the order of evaluation. */
  readonly ordered: Readonly<Record<Direction, readonly CompiledPolicy[]>>;
  readonly policies: Readonly<Record<Direction, LabelIndex<CompiledPolicy>>>;
  readonly unevaluated: Readonly<Record<Direction, readonly UnevaluatedPolicy[]>>;
  /** What was found for endpoints that were asked about. */
  readonly selecting: Readonly<Record<Direction, WeakMap<Endpoint, readonly Selecting[]>>>;
};

/** A policy that selects an endpoint, or may. */
export type Selecting = { readonly compiled: CompiledPolicy; readonly selects: Truth };

export function compile(cluster: Cluster, mode: StagedMode): Compiled {
  const share = selectorSharer();
  const tiers = placedTiers(cluster);
  const policies = cluster.policies
    .filter((policy) => isEvaluated(policy, mode))
    .map((policy) => ({ policy, tier: tiers.get(policy.tier) ?? missingTier(policy.tier) }))
    .sort((a, b) => compareTiers(a.tier, b.tier) || comparePolicies(a.policy, b.policy));
  const inDirection = (direction: Direction): readonly CompiledPolicy[] =>
    policies
      .filter(({ policy }) => policy.types.includes(direction))
      .map(({ policy, tier }, place) => ({
        policy,
        tier,
        place,
        rules: policy[direction].map((rule) => compileRule(share(rule))),
      }));
  const ordered = { ingress: inDirection('ingress'), egress: inDirection('egress') };
  const indexed = (direction: Direction) =>
    labelIndex(ordered[direction], (compiled) => compiled.policy.subject);
  const unevaluatedIn = (direction: Direction) =>
    cluster.unevaluated.filter((policy) => policy.types.includes(direction));
  return {
    cluster,
    directory: directoryOf(cluster),
    ordered,
    policies: { ingress: indexed('ingress'), egress: indexed('egress') },
    unevaluated: { ingress: unevaluatedIn('ingress'), egress: unevaluatedIn('egress') },
    selecting: { ingress: new WeakMap(), egress: new WeakMap() },
  };
}

/** A staged deletion is never evaluated, and does not take away the policy that it is about either. */
function isEvaluated({ stagedAction }: Policy, mode: StagedMode): boolean {
  if (stagedAction === null) return true;
  return mode === 'staged-as-enforced' && stagedAction !== 'delete';
}

/** Every tier that there is, by name. */
export function placedTiers({ tiers }: Cluster): ReadonlyMap<string, PlacedTier> {
  const defined = [...fixedTiers, ...tiers];
  return new Map(defined.map((tier) => [tier.name, { tier, isMissing: false }]));
}

/** A tier that policies name and nobody defined. */
export function missingTier(name: string): PlacedTier {
  const tier: Tier = { name, order: null, defaultAction: 'deny' };
  return { tier, isMissing: true };
}

/** They are always there, and their orders cannot be changed. */
const fixedTiers: readonly Tier[] = [
  { name: 'kube-admin', order: 1_000, defaultAction: 'pass' },
  { name: 'default', order: 1_000_000, defaultAction: 'deny' },
  { name: 'kube-baseline', order: 10_000_000, defaultAction: 'pass' },
];
