import type { PoliciesDocument, PolicyDetail, PolicyItem, PolicyTier } from '#lib/contracts/policies.ts';

/** Small wire documents for the tests of this folder. */

export function policyOf(rest: Partial<PolicyItem>): PolicyItem {
  return {
    id: `prod/CalicoNetworkPolicy/shop/${rest.name ?? 'a'}`,
    kind: 'CalicoNetworkPolicy',
    tier: 'default',
    namespace: 'shop',
    name: 'a',
    place: 0,
    order: 100,
    isStaged: false,
    stagedAction: null,
    types: ['ingress'],
    subject: 'all()',
    selects: { workloads: 1, unknown: 0 },
    rules: { ingress: [{ index: 0, action: 'allow', hits: { flows: 0, lastAt: null } }], egress: [] },
    hits: { flows: 0, lastAt: null },
    validFrom: '2026-03-01T00:00:00Z',
    ...rest,
  };
}

export function tierOf(
  name: string,
  policies: readonly PolicyItem[],
  rest: Partial<PolicyTier> = {},
): PolicyTier {
  return {
    name,
    order: 100,
    defaultAction: 'deny',
    isMissing: false,
    hasHidden: false,
    policies: [...policies],
    ...rest,
  };
}

export function policiesOf(
  tiers: readonly PolicyTier[],
  rest: Partial<PoliciesDocument> = {},
): PoliciesDocument {
  return {
    cluster: 'prod',
    at: null,
    window: { from: '2026-03-07T09:00:00Z', to: '2026-03-14T09:00:00Z' },
    isWhole: true,
    tiers: [...tiers],
    notEvaluated: [],
    warnings: [],
    ...rest,
  };
}

export function detailOf(rest: Partial<PolicyDetail>): PolicyDetail {
  return {
    cluster: 'prod',
    at: null,
    policy: policyOf({}),
    notEvaluated: null,
    yaml: '',
    lines: { ingress: [], egress: [] },
    selected: [],
    versions: [],
    ...rest,
  };
}
