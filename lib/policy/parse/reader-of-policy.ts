import { groupOf } from '#lib/inventory/kinds/reader-of.ts';
import type { PolicyManifest } from '#lib/inventory/model.ts';
import { adminPolicyReader } from './admin-policy.ts';
import { calicoPolicyReader } from './calico-policy.ts';
import { readCiliumPolicy } from './cilium-policy.ts';
import { kubernetesPolicyReader } from './kubernetes-policy.ts';
import type { PolicyReader } from './policy-reader.ts';

const enforced = { isStaged: false };
const staged = { isStaged: true };

const calico: Readonly<Record<string, PolicyReader>> = {
  NetworkPolicy: calicoPolicyReader('CalicoNetworkPolicy', enforced),
  GlobalNetworkPolicy: calicoPolicyReader('GlobalNetworkPolicy', enforced),
  StagedNetworkPolicy: calicoPolicyReader('StagedNetworkPolicy', staged),
  StagedGlobalNetworkPolicy: calicoPolicyReader('StagedGlobalNetworkPolicy', staged),
  StagedKubernetesNetworkPolicy: kubernetesPolicyReader('StagedKubernetesNetworkPolicy', staged),
};

const api = 'policy.networking.k8s.io';

/** By group, then by kind. Tiers, sets and hosts are no policies and not here. */
const readers: Readonly<Record<string, Readonly<Record<string, PolicyReader>>>> = {
  'projectcalico.org': calico,
  'crd.projectcalico.org': calico,
  'networking.k8s.io': { NetworkPolicy: kubernetesPolicyReader('NetworkPolicy', enforced) },
  [api]: {
    ClusterNetworkPolicy: adminPolicyReader({ kind: 'ClusterNetworkPolicy', apiVersion: `${api}/v1alpha2` }),
    AdminNetworkPolicy: adminPolicyReader({ kind: 'AdminNetworkPolicy', apiVersion: `${api}/v1alpha1` }),
    BaselineAdminNetworkPolicy: adminPolicyReader({
      kind: 'BaselineAdminNetworkPolicy',
      apiVersion: `${api}/v1alpha1`,
    }),
  },
  'cilium.io': {
    CiliumNetworkPolicy: readCiliumPolicy,
    CiliumClusterwideNetworkPolicy: readCiliumPolicy,
  },
};

/** What reads a policy; null for what is no policy itself. */
export function readerOfPolicy({
  apiVersion,
  kind,
}: Pick<PolicyManifest, 'apiVersion' | 'kind'>): PolicyReader | null {
  return readerOfKind(groupOf(apiVersion), kind);
}

/** The same by the group of the API, as `networking.k8s.io`. */
export function readerOfKind(apiGroup: string, kind: string): PolicyReader | null {
  const kinds = readers[apiGroup];
  return kinds !== undefined && Object.hasOwn(kinds, kind) ? (kinds[kind] ?? null) : null;
}
