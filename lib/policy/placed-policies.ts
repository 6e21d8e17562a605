import { missingTier, placedTiers } from './compile.ts';
import type { Cluster, Policy } from './model.ts';
import { comparePolicies, compareTiers, type PlacedTier } from './order.ts';

/** The tiers of a cluster in order: those that are defined, those that always are, and those that policies name. */
export function tiersInOrder(cluster: Cluster): readonly PlacedTier[] {
  return [...allTiers(cluster).values()].sort(compareTiers);
}

/** Every policy in the order of evaluation, staged ones in their place. */
export function placedPolicies(cluster: Cluster): readonly Policy[] {
  const tiers = allTiers(cluster);
  const tierOf = ({ tier }: Policy): PlacedTier => tiers.get(tier) ?? missingTier(tier);
  return cluster.policies.toSorted((a, b) => compareTiers(tierOf(a), tierOf(b)) || comparePolicies(a, b));
}

function allTiers(cluster: Cluster): ReadonlyMap<string, PlacedTier> {
  const tiers = new Map(placedTiers(cluster));
  for (const { tier } of cluster.policies) if (!tiers.has(tier)) tiers.set(tier, missingTier(tier));
  return tiers;
}
