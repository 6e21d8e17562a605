import { expect, it } from 'vitest';
import type { RoleRule } from '#lib/inventory/model.ts';
import { type PolicyObject, seesPolicyObject } from './policy-object-sight.ts';
import { everyPolicy, namespaceKey, type PolicyRights } from './policy-rights.ts';

const calico = 'projectcalico.org';

function rule(resource: string, name: string, group: string): RoleRule {
  const [apiGroups, resources, resourceNames] = [[group], [resource], [name]];
  return { verbs: ['get'], apiGroups, resources, resourceNames, nonResourceUrls: [] };
}

function rights(...everywhere: RoleRule[]): PolicyRights {
  const rules = new Map([['prod', { everywhere, byNamespace: new Map() }]]);
  return { isEstate: false, clusters: new Set(), namespaces: new Set(), rules };
}

const none = rights();
const ofTeam = { ...none, namespaces: new Set([namespaceKey('prod', 'shop')]) };
const ofCluster = { ...none, clusters: new Set(['prod']) };
const defaultTier = rule('tiers', 'default', calico);
const byName = rule('tier.networkpolicies', 'web', calico);

const plain = { cluster: 'prod', apiGroup: 'networking.k8s.io', namespace: 'shop', name: 'web', tier: '' };
const kubernetes: PolicyObject = { ...plain, kind: 'NetworkPolicy' };
const untiered: PolicyObject = { ...kubernetes, apiGroup: calico };
const prefixed: PolicyObject = {
  ...untiered,
  apiGroup: `crd.${calico}`,
  name: 'default.web',
  tier: 'default',
};
const tier: PolicyObject = { ...plain, apiGroup: calico, kind: 'Tier', namespace: '', name: 'default' };
const set: PolicyObject = { ...untiered, kind: 'NetworkSet' };
const global: PolicyObject = { ...untiered, kind: 'GlobalNetworkPolicy', namespace: '' };

it.each([
  ['nobody', none, [set]],
  ['the team', ofTeam, [kubernetes, untiered, prefixed, set]],
  ['whoever has the cluster', ofCluster, [kubernetes, untiered, prefixed, tier, set, global]],
  ['everybody who sees all', everyPolicy, [kubernetes, untiered, prefixed, tier, set, global]],
  ['a reader of Kubernetes', rights(rule('networkpolicies', 'web', plain.apiGroup)), [kubernetes, set]],
  ['a reader of another group', rights(rule('networkpolicies', 'web', calico)), [set]],
  ['a reader of the tier', rights(defaultTier), [tier, set]],
  ['a reader of the policy alone', rights(byName), [set]],
  ['a reader of both', rights(defaultTier, byName), [untiered, prefixed, tier, set]],
])('shows %s what they may read', (_who, given, expected) => {
  const all = [kubernetes, untiered, prefixed, tier, set, global];
  expect(all.filter((object) => seesPolicyObject(given, object))).toEqual(expected);
});
