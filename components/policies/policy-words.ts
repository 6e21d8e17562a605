import type { PolicyItem, PolicyTier } from '#lib/contracts/policies.ts';

/** Kinds of policies as people call them, by the names that records carry. */
const kindNames: Readonly<Record<string, string>> = {
  CalicoNetworkPolicy: 'NetworkPolicy, Calico',
  GlobalNetworkPolicy: 'GlobalNetworkPolicy',
  StagedNetworkPolicy: 'Staged NetworkPolicy',
  StagedGlobalNetworkPolicy: 'Staged GlobalNetworkPolicy',
  StagedKubernetesNetworkPolicy: 'Staged NetworkPolicy, Kubernetes',
  NetworkPolicy: 'NetworkPolicy, Kubernetes',
  ClusterNetworkPolicy: 'ClusterNetworkPolicy',
  AdminNetworkPolicy: 'AdminNetworkPolicy',
  BaselineAdminNetworkPolicy: 'BaselineAdminNetworkPolicy',
  CiliumNetworkPolicy: 'CiliumNetworkPolicy',
  CiliumClusterwideNetworkPolicy: 'CiliumClusterwideNetworkPolicy',
};

export function kindText(kind: string): string {
  return kindNames[kind] ?? kind;
}

/** Where a policy belongs. */
export function homeText(namespace: string): string {
  return namespace === '' ? 'whole cluster' : namespace;
}

/** Without one it comes after every number. */
export function orderText(order: number | null): string {
  return order === null ? 'no order' : `order ${order}`;
}

/** What becomes of what a tier's policies select and do not match. */
export function tierEndText({
  defaultAction,
  isMissing,
}: Pick<PolicyTier, 'defaultAction' | 'isMissing'>): string {
  if (isMissing) return 'no such tier';
  if (defaultAction === null) return 'end not known';
  return defaultAction === 'deny' ? 'ends with deny' : 'ends with pass';
}

const stagedTexts = {
  set: 'staged',
  delete: 'staged deletion',
  learn: 'staged, learning',
  ignore: 'staged, ignored',
} as const;

export function stagedText({
  isStaged,
  stagedAction,
}: Pick<PolicyItem, 'isStaged' | 'stagedAction'>): string {
  if (!isStaged) return '';
  return stagedTexts[stagedAction ?? 'set'];
}

/** `in and out`: the directions that it decides. */
export function directionsText(types: PolicyItem['types']): string {
  const into = types.includes('ingress');
  const out = types.includes('egress');
  if (into && out) return 'in and out';
  if (into) return 'in';
  return out ? 'out' : 'no direction';
}
