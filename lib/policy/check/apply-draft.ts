import { groupOf } from '#lib/inventory/kinds/reader-of.ts';
import type { InventoryObject } from '#lib/inventory/model.ts';
import type { Place } from '#lib/inventory/place.ts';
import type { Policy, PolicyKind } from '../model.ts';
import type { ClusterReading } from '../parse/read-policies.ts';
import { readerOfPolicy } from '../parse/reader-of-policy.ts';

/**
 * The base with the draft put over it: what has the same kind, namespace and name is replaced. With
 * `replaceAll` no policy of the base stays; workloads, namespaces, tiers and sets do.
 */
export function applyDraft(
  base: readonly InventoryObject[],
  draft: readonly InventoryObject[],
  { replaceAll }: { readonly replaceAll: boolean },
): readonly InventoryObject[] {
  const replaced = new Set(draft.map(policyIdentity));
  const stays = (object: InventoryObject) =>
    !replaced.has(policyIdentity(object)) &&
    !(replaceAll && object.type === 'policy' && readerOfPolicy(object));
  return [...base.filter(stays), ...draft];
}

/** What an object is known by: of Calico's two groups either. */
export function policyIdentity(object: InventoryObject): string {
  const namespace = 'namespace' in object ? object.namespace : null;
  const kind = 'kind' in object ? object.kind : object.type;
  const group = object.type === 'policy' ? groupOf(object.apiVersion).replace(/^crd\./, '') : '';
  return JSON.stringify([object.type, group, kind, namespace, object.name]);
}

const enforcedKinds: Partial<Record<PolicyKind, PolicyKind>> = {
  StagedNetworkPolicy: 'CalicoNetworkPolicy',
  StagedGlobalNetworkPolicy: 'GlobalNetworkPolicy',
  StagedKubernetesNetworkPolicy: 'NetworkPolicy',
};

/**
 * Counts the draft's staged policies as if they were enforced, in the place of the policies that they
 * are staged for: else a staged draft would change nothing.
 */
export function enforceStaged(reading: ClusterReading, draftFiles: ReadonlySet<string>): ClusterReading {
  const places = new Map<Policy, Place>();
  const enforced = new Map<string, Policy>();
  for (const policy of reading.cluster.policies) {
    const place = reading.places.get(policy);
    const kind = enforcedKinds[policy.kind];
    const counts = policy.stagedAction !== null && policy.stagedAction !== 'delete';
    const isDraft = place !== undefined && draftFiles.has(place.file);
    const taken = kind !== undefined && counts && isDraft ? { ...policy, kind, stagedAction: null } : policy;
    const key = JSON.stringify([taken.kind, taken.namespace, taken.name]);
    if (taken === policy && enforced.has(key)) continue;
    enforced.set(key, taken);
    if (place !== undefined) places.set(taken, place);
  }
  return { ...reading, places, cluster: { ...reading.cluster, policies: [...enforced.values()] } };
}
