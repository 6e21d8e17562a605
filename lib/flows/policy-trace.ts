/** The policy hits that led to a verdict, in one form for both Calico dialects, Whisker, Goldmane and Hubble. */

export const policyKinds = [
  'CalicoNetworkPolicy',
  'GlobalNetworkPolicy',
  'StagedNetworkPolicy',
  'StagedGlobalNetworkPolicy',
  'StagedKubernetesNetworkPolicy',
  'NetworkPolicy',
  'ClusterNetworkPolicy',
  'AdminNetworkPolicy',
  'BaselineAdminNetworkPolicy',
  'CiliumNetworkPolicy',
  'CiliumClusterwideNetworkPolicy',
  'Profile',
  'EndOfTier',
  'Unknown',
] as const;

export type PolicyKind = (typeof policyKinds)[number];

export type PolicyAction = 'allow' | 'deny' | 'pass';

/** One policy that was hit. `name` has neither tier nor `staged:` in front of it. */
export type PolicyHit = {
  readonly kind: PolicyKind;
  /** '' where the kind has no tier (Kubernetes policies of other engines, profiles). */
  readonly tier: string;
  /** '' for a cluster-wide policy. */
  readonly namespace: string;
  readonly name: string;
  /** null where the record does not tell. */
  readonly action: PolicyAction | null;
  /** Place in the order of evaluation, null where the record does not tell. */
  readonly index: number | null;
  /** -1: the tier's default action; null: unknown. */
  readonly ruleIndex: number | null;
  /** Only for `EndOfTier`: the first policy that selected the endpoint in that tier. */
  readonly trigger: PolicyHit | null;
};

/** The hits of one direction, in order of evaluation. `pending` is what staged policies would do. */
export type PolicyTrace = {
  /** `egress` was evaluated at the source, `ingress` at the destination. */
  readonly direction: 'egress' | 'ingress';
  readonly enforced: readonly PolicyHit[];
  readonly pending: readonly PolicyHit[];
};
