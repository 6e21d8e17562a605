/** A policy as flow records name it. */
export type NamedPolicy = {
  readonly kind: string;
  readonly tier: string;
  /** '' for a policy of the whole cluster. */
  readonly namespace: string;
  readonly name: string;
};

/**
 * The id of a policy: `<cluster>/<kind>/[<namespace>/]<name>`. Older objects of Calico are called
 * `<tier>.<name>`, and records call them by the name alone: both have one id.
 */
export function policyId(cluster: string, policy: NamedPolicy): string {
  const { kind, namespace } = policy;
  return [cluster, kind, ...(namespace === '' ? [] : [namespace]), plainName(policy)].join('/');
}

/** The name without its tier in front. */
export function plainName({ tier, name }: Pick<NamedPolicy, 'tier' | 'name'>): string {
  return tier !== '' && name.startsWith(`${tier}.`) ? name.slice(tier.length + 1) : name;
}

/** The cluster that an id speaks of; null for what is no id. */
export function clusterOfPolicyId(id: string): string | null {
  const parts = id.split('/');
  const [cluster] = parts;
  return (parts.length === 3 || parts.length === 4) && cluster !== undefined && cluster !== ''
    ? cluster
    : null;
}
