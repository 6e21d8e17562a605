import { type PolicyKind, policyKinds } from '#lib/flows/policy-trace.ts';
import { type PolicyRights, policySight, tierIsSeen } from './policy-rights.ts';

/** A policy, or what policies speak of, as the inventory has it. */
export type PolicyObject = {
  readonly cluster: string;
  readonly apiGroup: string;
  readonly kind: string;
  /** '' where the kind has none. */
  readonly namespace: string;
  readonly name: string;
  /** '' where it says none. */
  readonly tier: string;
};

/**
 * Whether somebody may read a policy's manifest: where a flow that it decided would name it. Network sets, host
 * endpoints and groups of addresses go with their namespace or cluster.
 */
export function seesPolicyObject(rights: PolicyRights, object: PolicyObject): boolean {
  const { cluster, apiGroup, namespace } = object;
  const isCalico = apiGroup.endsWith('projectcalico.org');
  if (isCalico && object.kind === 'Tier') return tierIsSeen(rights, cluster, object.name);
  const kind = hitKindOf(apiGroup, object.kind);
  if (kind === null) return true;
  // Calico puts what names no tier into this one; old objects have their tier in front of the name.
  const tier = isCalico && object.tier === '' ? 'default' : object.tier;
  const name = object.name.startsWith(`${tier}.`) ? object.name.slice(tier.length + 1) : object.name;
  return policySight(rights, cluster, { kind, tier, namespace, name }) === 'whole';
}

/** What records call a kind of policy; null for what is none. */
export function hitKindOf(apiGroup: string, kind: string): PolicyKind | null {
  if (apiGroup.endsWith('projectcalico.org') && kind === 'NetworkPolicy') return 'CalicoNetworkPolicy';
  return policyKinds.find((known) => known === kind) ?? null;
}
