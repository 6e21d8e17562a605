import type { PolicyHit, PolicyKind } from '#lib/flows/policy-trace.ts';
import type { RoleRule } from '#lib/inventory/model.ts';
import { allows } from './rbac-rules.ts';

/** Which policies somebody may see, and which objects that tell of access (`access-object-sight.ts`). */
export type PolicyRights = {
  /** All there are. */
  readonly isEstate: boolean;
  /** Clusters whose policies they see all of, cluster-wide ones too. */
  readonly clusters: ReadonlySet<string>;
  /** Namespaces whose own policies they see all of, by `namespaceKey`. */
  readonly namespaces: ReadonlySet<string>;
  /** What Kubernetes RBAC lets them read, by cluster. */
  readonly rules: ReadonlyMap<string, ClusterRules>;
};

export type ClusterRules = {
  /** Granted by ClusterRoleBindings. */
  readonly everywhere: readonly RoleRule[];
  /** Granted by RoleBindings, by namespace. */
  readonly byNamespace: ReadonlyMap<string, readonly RoleRule[]>;
};

export const everyPolicy: PolicyRights = {
  isEstate: true,
  clusters: new Set(),
  namespaces: new Set(),
  rules: new Map(),
};

export function namespaceKey(cluster: string, namespace: string): string {
  return `${cluster}\0${namespace}`;
}

/** All of a policy; only that there is one in its tier; or nothing. */
export type PolicySight = 'whole' | 'tier' | 'nothing';

const calicoGroups = ['projectcalico.org', 'crd.projectcalico.org'];

type Resource = { readonly groups: readonly string[]; readonly name: string; readonly isTiered?: true };

/** What the API calls a kind of policy. A tiered one is also authorised by the tier that it is in. */
const resources: Readonly<Partial<Record<PolicyKind, Resource>>> = {
  CalicoNetworkPolicy: { groups: calicoGroups, name: 'tier.networkpolicies', isTiered: true },
  GlobalNetworkPolicy: { groups: calicoGroups, name: 'tier.globalnetworkpolicies', isTiered: true },
  StagedNetworkPolicy: { groups: calicoGroups, name: 'tier.stagednetworkpolicies', isTiered: true },
  StagedGlobalNetworkPolicy: {
    groups: calicoGroups,
    name: 'tier.stagedglobalnetworkpolicies',
    isTiered: true,
  },
  StagedKubernetesNetworkPolicy: { groups: calicoGroups, name: 'stagedkubernetesnetworkpolicies' },
  NetworkPolicy: { groups: ['networking.k8s.io'], name: 'networkpolicies' },
  ClusterNetworkPolicy: { groups: ['policy.networking.k8s.io'], name: 'clusternetworkpolicies' },
  AdminNetworkPolicy: { groups: ['policy.networking.k8s.io'], name: 'adminnetworkpolicies' },
  BaselineAdminNetworkPolicy: { groups: ['policy.networking.k8s.io'], name: 'baselineadminnetworkpolicies' },
  CiliumNetworkPolicy: { groups: ['cilium.io'], name: 'ciliumnetworkpolicies' },
  CiliumClusterwideNetworkPolicy: { groups: ['cilium.io'], name: 'ciliumclusterwidenetworkpolicies' },
};

type Policy = Pick<PolicyHit, 'kind' | 'tier' | 'namespace' | 'name'>;

/** What somebody may see of a policy in a cluster. `namespace` is '' for a cluster-wide one. */
export function policySight(rights: PolicyRights, cluster: string, policy: Policy): PolicySight {
  // A profile says what a namespace allows where no policy selects it: the cluster's own, and no secret.
  if (policy.kind === 'Profile' || holdsAll(rights, cluster, policy.namespace)) return 'whole';
  const rules = rights.rules.get(cluster);
  if (rules === undefined) return 'nothing';
  const resource = resources[policy.kind];
  if (resource?.isTiered === undefined)
    return resource && mayRead(rules, resource, policy) ? 'whole' : tierSight(rules, policy);
  if (!seesTier(rules, policy.tier)) return 'nothing';
  return mayReadTiered(rules, resource, policy) ? 'whole' : 'tier';
}

/** Whether somebody sees all there is of a place by bindings of Flowloom. `namespace` is '' for the cluster's own. */
export function holdsAll(rights: PolicyRights, cluster: string, namespace: string): boolean {
  if (rights.isEstate || rights.clusters.has(cluster)) return true;
  return namespace !== '' && rights.namespaces.has(namespaceKey(cluster, namespace));
}

/** The end of a tier, and what is of no known kind, say no more than their tier. */
function tierSight(rules: ClusterRules, { kind, tier }: Policy): PolicySight {
  return (kind === 'EndOfTier' || kind === 'Unknown') && seesTier(rules, tier) ? 'tier' : 'nothing';
}

/** Whether somebody may know of a tier of a cluster. */
export function tierIsSeen(rights: PolicyRights, cluster: string, tier: string): boolean {
  if (rights.isEstate || rights.clusters.has(cluster)) return true;
  const rules = rights.rules.get(cluster);
  return rules !== undefined && seesTier(rules, tier);
}

function seesTier({ everywhere }: ClusterRules, tier: string): boolean {
  const request = { verbs: ['get'], groups: calicoGroups, resource: 'tiers', name: tier };
  return tier !== '' && allows(everywhere, request);
}

/**
 * A policy by its own name, or all of its tier as `<tier>.*`. A record does not tell whether the object is
 * called `<tier>.<policy>`, as older releases want it, or plainly `<policy>`: either name counts.
 */
function mayReadTiered(rules: ClusterRules, { groups, name: resource }: Resource, policy: Policy): boolean {
  const { tier, name } = policy;
  const granted = rulesFor(rules, policy);
  return (
    [name, `${tier}.${name}`].some((each) =>
      allows(granted, { verbs: ['get'], groups, resource, name: each }),
    ) || allows(granted, { verbs: ['get', 'list'], groups, resource, name: `${tier}.*` })
  );
}

function mayRead(rules: ClusterRules, { groups, name: resource }: Resource, policy: Policy): boolean {
  const granted = rulesFor(rules, policy);
  return (
    allows(granted, { verbs: ['get'], groups, resource, name: policy.name }) ||
    allows(granted, { verbs: ['list'], groups, resource, name: null })
  );
}

/** The rules that count for an object of a namespace; of the whole cluster ('') those that are granted there. */
export function rulesFor(
  { everywhere, byNamespace }: ClusterRules,
  { namespace }: Pick<Policy, 'namespace'>,
): readonly RoleRule[] {
  return namespace === '' ? everywhere : [...everywhere, ...(byNamespace.get(namespace) ?? [])];
}

const policyResources = new Set(['tiers', '*', ...Object.values(resources).map(({ name }) => name)]);

/** Whether a rule may let policies be read. */
export function speaksOfPolicies({ resources: named }: RoleRule): boolean {
  return named.some((each) => policyResources.has(each));
}
