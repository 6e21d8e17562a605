import { at, type Field, isObject } from '../field.ts';
import type { PolicyManifest } from '../model.ts';
import { isPathSegment } from '../names.ts';
import type { Place } from '../place.ts';
import { expectNoNamespace, namespaceOf, readMetadata } from './metadata.ts';

type Reach = 'namespace' | 'cluster';

const calico: Readonly<Record<string, Reach>> = {
  NetworkPolicy: 'namespace',
  GlobalNetworkPolicy: 'cluster',
  StagedNetworkPolicy: 'namespace',
  StagedGlobalNetworkPolicy: 'cluster',
  StagedKubernetesNetworkPolicy: 'namespace',
  NetworkSet: 'namespace',
  GlobalNetworkSet: 'cluster',
  Tier: 'cluster',
  HostEndpoint: 'cluster',
  Profile: 'cluster',
};

/** The kinds that lib/policy reads, by group and in any version: it says itself which it can evaluate. */
const kindsOfGroups: Readonly<Record<string, Readonly<Record<string, Reach>>>> = {
  'networking.k8s.io': { NetworkPolicy: 'namespace' },
  'policy.networking.k8s.io': {
    ClusterNetworkPolicy: 'cluster',
    AdminNetworkPolicy: 'cluster',
    BaselineAdminNetworkPolicy: 'cluster',
  },
  'projectcalico.org': calico,
  'crd.projectcalico.org': calico,
  'cilium.io': {
    CiliumNetworkPolicy: 'namespace',
    CiliumClusterwideNetworkPolicy: 'cluster',
    CiliumCIDRGroup: 'cluster',
  },
};

const rule = { wanted: 'a name without / and %', test: isPathSegment };

/** Where a policy kind applies; null for what is none. */
export function reachOfPolicy(group: string, kind: string): Reach | null {
  const kinds = Object.hasOwn(kindsOfGroups, group) ? kindsOfGroups[group] : undefined;
  return kinds !== undefined && Object.hasOwn(kinds, kind) ? (kinds[kind] ?? null) : null;
}

/** `lines` is asked for only once the policy is worth it. */
export function policyReader(kind: string, reach: Reach, lines: () => ReadonlyMap<string, number>) {
  return (object: Field, place: Place): PolicyManifest | null => {
    const metadata = readMetadata(object, rule);
    if (metadata === null || !isObject(object.value)) return null;
    if (reach === 'cluster') expectNoNamespace(metadata, kind);
    const namespace = reach === 'cluster' ? null : namespaceOf(metadata);
    if (reach === 'namespace' && namespace === null) return null;
    return {
      type: 'policy',
      apiVersion: String(at(object, 'apiVersion').value),
      kind,
      namespace,
      name: metadata.name,
      value: object.value,
      lines: lines(),
      place,
    };
  };
}
