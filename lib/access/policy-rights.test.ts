import { expect, it } from 'vitest';
import type { RoleRule } from '#lib/inventory/model.ts';
import { everyPolicy, namespaceKey, type PolicyRights, policySight } from './policy-rights.ts';
import { sightRules } from './sight-rules.ts';

const calico = 'projectcalico.org';

function rule(resource: string, verbs: string[], names: string[] = [], group = calico): RoleRule {
  return {
    verbs,
    apiGroups: [group],
    resources: [resource],
    resourceNames: names,
    nonResourceUrls: [],
  };
}

function rights(everywhere: RoleRule[], ofShop: RoleRule[] = []): PolicyRights {
  const rules = new Map([['prod', { everywhere, byNamespace: new Map([['shop', ofShop]]) }]]);
  return { isEstate: false, clusters: new Set(), namespaces: new Set(), rules };
}

const global = { kind: 'GlobalNetworkPolicy', tier: 'security', namespace: '', name: 'pci' } as const;
const own = { kind: 'CalicoNetworkPolicy', tier: 'security', namespace: 'shop', name: 'web' } as const;
const getTier = rule('tiers', ['get'], ['security']);

it.each([
  ['nothing', rights([]), 'nothing'],
  ['the tier alone', rights([getTier]), 'tier'],
  ['every tier alone', rights([rule('tiers', ['get'])]), 'tier'],
  ['another tier', rights([rule('tiers', ['get'], ['platform'])]), 'nothing'],
  ['list tiers', rights([rule('tiers', ['list'])]), 'nothing'],
  ['its name', rights([getTier, rule('tier.globalnetworkpolicies', ['get'], ['pci'])]), 'whole'],
  ['its old name', rights([getTier, rule('tier.globalnetworkpolicies', ['get'], ['security.pci'])]), 'whole'],
  [
    'all of its tier',
    rights([getTier, rule('tier.globalnetworkpolicies', ['get'], ['security.*'])]),
    'whole',
  ],
  [
    'list of its tier',
    rights([getTier, rule('tier.globalnetworkpolicies', ['list'], ['security.*'])]),
    'whole',
  ],
  ['a star is no name', rights([getTier, rule('tier.globalnetworkpolicies', ['get'], ['*'])]), 'tier'],
  [
    'all of another tier',
    rights([getTier, rule('tier.globalnetworkpolicies', ['get'], ['platform.*'])]),
    'tier',
  ],
  ['all policies without the tier', rights([rule('tier.globalnetworkpolicies', ['*'])]), 'nothing'],
  ['writing alone', rights([getTier, rule('tier.globalnetworkpolicies', ['update'], ['pci'])]), 'tier'],
  ['the plain resource', rights([getTier, rule('globalnetworkpolicies', ['get'])]), 'tier'],
  [
    'the group of the CRDs',
    rights([getTier, rule('tier.globalnetworkpolicies', ['get'], [], 'crd.projectcalico.org')]),
    'whole',
  ],
  ['another group', rights([getTier, rule('tier.globalnetworkpolicies', ['get'], [], 'apps')]), 'tier'],
  ['cluster-admin', rights([rule('*', ['*'], [], '*')]), 'whole'],
  ['admin of a namespace', rights([], [rule('*', ['*'], [], '*')]), 'nothing'],
  ['the estate', everyPolicy, 'whole'],
  ['the cluster', { ...rights([]), clusters: new Set(['prod']) }, 'whole'],
  ['another cluster', { ...rights([]), clusters: new Set(['test']) }, 'nothing'],
])('with %s a global policy of tier security is seen: %s', (_name, given, expected) => {
  expect(policySight(given, 'prod', global)).toBe(expected);
});

it.each([
  [
    'a rule of the namespace',
    rights([getTier], [rule('tier.networkpolicies', ['get'], ['security.*'])]),
    'whole',
  ],
  ['a rule of the cluster', rights([getTier, rule('tier.networkpolicies', ['get'])]), 'whole'],
  [
    'the tier by a RoleBinding, which cannot',
    rights([], [getTier, rule('tier.networkpolicies', ['get'])]),
    'nothing',
  ],
  ['the rule for global ones', rights([getTier, rule('tier.globalnetworkpolicies', ['get'])]), 'tier'],
  ['its namespace', { ...rights([]), namespaces: new Set([namespaceKey('prod', 'shop')]) }, 'whole'],
  ['another namespace', { ...rights([]), namespaces: new Set([namespaceKey('prod', 'bank')]) }, 'nothing'],
])('with %s a policy of namespace shop is seen: %s', (_name, given, expected) => {
  expect(policySight(given, 'prod', own)).toBe(expected);
});

it("asks for no tier where a policy has none, and shows a tier's end to whom the tier is shown", () => {
  const policy = { kind: 'NetworkPolicy', tier: '', namespace: 'shop', name: 'web' } as const;
  const read = rule('networkpolicies', ['get', 'list'], [], 'networking.k8s.io');
  expect(policySight(rights([], [read]), 'prod', policy)).toBe('whole');
  expect(policySight(rights([], [read]), 'prod', { ...policy, namespace: 'bank' })).toBe('nothing');
  const staged = { ...policy, kind: 'StagedKubernetesNetworkPolicy' } as const;
  expect(policySight(rights([], [rule('stagedkubernetesnetworkpolicies', ['list'])]), 'prod', staged)).toBe(
    'whole',
  );
  const end = { kind: 'EndOfTier', tier: 'security', namespace: '', name: '' } as const;
  expect(policySight(rights([getTier]), 'prod', end)).toBe('tier');
  expect(policySight(rights([]), 'prod', end)).toBe('nothing');
});

it('keeps the rules that let policies be read, and no others', () => {
  const reading = [rule('tiers', ['get']), rule('*', ['*']), rule('tier.networkpolicies', ['list'])];
  expect(sightRules([...reading, rule('pods', ['list']), rule('tiers', ['update'])])).toEqual(reading);
});
