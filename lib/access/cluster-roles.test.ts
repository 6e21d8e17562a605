import { expect, it } from 'vitest';
import type { RoleRule } from '#lib/inventory/model.ts';
import type { RbacRole } from './binding.ts';
import { clusterRoles } from './cluster-roles.ts';
import { allowsTraffic } from './rbac-rules.ts';

const readPods: RoleRule = {
  verbs: ['list'],
  apiGroups: [''],
  resources: ['pods'],
  resourceNames: [],
  nonResourceUrls: [],
};

function role(name: string, rest: Partial<RbacRole> & { readonly gathers?: string } = {}): RbacRole {
  const { gathers, ...given } = rest;
  const selector = (value: string) => ({ matchLabels: { to: value }, matchExpressions: [] });
  return {
    namespace: null,
    name,
    labels: {},
    rules: [],
    aggregates: gathers === undefined ? null : [selector(gathers)],
    ...given,
  };
}

function sees(roles: readonly RbacRole[], name: string): boolean {
  return allowsTraffic(clusterRoles(roles)(name) ?? []);
}

it.each([
  ['cluster-admin', true],
  ['admin', true],
  ['edit', true],
  ['view', true],
  ['system:node', null],
])('knows what every API server has: %s', (name, expected) => {
  const rules = clusterRoles([])(name);
  expect(rules === null ? null : allowsTraffic(rules)).toBe(expected);
});

it('takes a role that is applied in place of the built-in one', () => {
  expect(sees([role('view')], 'view')).toBe(false);
  expect(sees([role('system:aggregate-to-view')], 'view')).toBe(false);
});

it('adds to view what is labelled for it, and to what gathers view', () => {
  const tiers: RoleRule = {
    ...readPods,
    verbs: ['get'],
    apiGroups: ['projectcalico.org'],
    resources: ['tiers'],
  };
  const labels = { 'rbac.authorization.k8s.io/aggregate-to-view': 'true' };
  const roles = clusterRoles([role('tiers-for-view', { labels, rules: [tiers] })]);
  for (const name of ['view', 'edit', 'admin']) expect(roles(name)).toContainEqual(tiers);
});

it('gathers through several roles', () => {
  const roles = [
    role('top', { gathers: 'top' }),
    role('middle', { gathers: 'middle', labels: { to: 'top' } }),
    role('bottom', { labels: { to: 'middle' }, rules: [readPods] }),
  ];
  expect(sees(roles, 'top')).toBe(true);
  expect(sees(roles.slice(0, 2), 'top')).toBe(false);
});

it('ends where roles gather each other, or themselves', () => {
  const circle = [
    role('a', { gathers: 'a', labels: { to: 'b' } }),
    role('b', { gathers: 'b', labels: { to: 'a' } }),
    role('own', { gathers: 'own', labels: { to: 'own' } }),
  ];
  expect(clusterRoles(circle)('a')).toEqual([]);
  expect(clusterRoles(circle)('own')).toEqual([]);
  const fed = [...circle, role('leaf', { labels: { to: 'b' }, rules: [readPods] })];
  expect(sees(fed, 'a')).toBe(true);
  expect(sees(fed, 'b')).toBe(true);
});

it('does not believe the rules that a gathering role says itself', () => {
  expect(sees([role('a', { gathers: 'a', rules: [readPods] })], 'a')).toBe(false);
});

it('gathers everything where a selector is empty', () => {
  const all = role('all', { aggregates: [{ matchLabels: {}, matchExpressions: [] }] });
  expect(sees([all], 'all')).toBe(true);
  expect(sees([role('nothing', { aggregates: [] })], 'nothing')).toBe(false);
});
