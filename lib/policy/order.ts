import { compareText } from '#lib/kit/compare-text.ts';
import type { Policy, PolicyKind, Tier } from './model.ts';

/** A tier in its place; a tier that policies name and nobody defined comes last. */
export type PlacedTier = { readonly tier: Tier; readonly isMissing: boolean };

/** Defined tiers before missing ones, then by order (none is infinite), then by name. */
export function compareTiers(a: PlacedTier, b: PlacedTier): number {
  return (
    Number(a.isMissing) - Number(b.isMissing) ||
    compareOrders(a.tier.order, b.tier.order) ||
    compareText(a.tier.name, b.tier.name)
  );
}

/** Within a tier: by order (none is infinite), then by `name/namespace/kind` as one text. */
export function comparePolicies(a: Policy, b: Policy): number {
  return compareOrders(a.order, b.order) || compareText(placeOf(a), placeOf(b));
}

function compareOrders(a: number | null, b: number | null): number {
  if (a === b) return 0;
  return (a ?? Number.POSITIVE_INFINITY) < (b ?? Number.POSITIVE_INFINITY) ? -1 : 1;
}

function placeOf({ name, namespace, kind }: Policy): string {
  return `${name}/${namespace}/${calicoKinds[kind]}`;
}

/** What Calico itself calls a kind where it breaks ties. */
const calicoKinds: Readonly<Record<PolicyKind, string>> = {
  CalicoNetworkPolicy: 'NetworkPolicy',
  GlobalNetworkPolicy: 'GlobalNetworkPolicy',
  StagedNetworkPolicy: 'StagedNetworkPolicy',
  StagedGlobalNetworkPolicy: 'StagedGlobalNetworkPolicy',
  StagedKubernetesNetworkPolicy: 'StagedKubernetesNetworkPolicy',
  NetworkPolicy: 'KubernetesNetworkPolicy',
  ClusterNetworkPolicy: 'KubernetesClusterNetworkPolicy',
  AdminNetworkPolicy: 'KubernetesAdminNetworkPolicy',
  BaselineAdminNetworkPolicy: 'KubernetesBaselineAdminNetworkPolicy',
};
