import { expect, it } from 'vitest';
import type { RoleRule } from '#lib/inventory/model.ts';
import { allowsTraffic } from './rbac-rules.ts';

const listPods: RoleRule = {
  verbs: ['list'],
  apiGroups: [''],
  resources: ['pods'],
  resourceNames: [],
  nonResourceUrls: [],
};

it.each<[string, Partial<RoleRule>, boolean]>([
  ['list pods', {}, true],
  ['any verb', { verbs: ['*'] }, true],
  ['one verb of several', { verbs: ['watch', 'list'] }, true],
  ['any group', { apiGroups: ['*'] }, true],
  ['any resource', { resources: ['*'] }, true],
  ['everything', { verbs: ['*'], apiGroups: ['*'], resources: ['*'] }, true],
  ['get and watch alone', { verbs: ['get', 'watch'] }, false],
  ['an unknown verb', { verbs: ['lst'] }, false],
  ['a verb in capitals', { verbs: ['LIST'] }, false],
  ['a glob, which RBAC does not have', { resources: ['po*'] }, false],
  ['another group', { apiGroups: ['apps'] }, false],
  ['a subresource', { resources: ['pods/log'] }, false],
  ['every subresource', { resources: ['*/log'] }, false],
  ['single pods by name', { resourceNames: ['web-0'] }, false],
  ['everything, by name', { verbs: ['*'], resources: ['*'], resourceNames: ['*'] }, false],
  ['addresses', { verbs: ['*'], apiGroups: [], resources: [], nonResourceUrls: ['*'] }, false],
])('%s: %j gives sight of traffic: %s', (_name, rule, expected) => {
  expect(allowsTraffic([{ ...listPods, ...rule }])).toBe(expected);
});

it('needs one rule that has all of it', () => {
  const parts = [
    { ...listPods, apiGroups: ['apps'] },
    { ...listPods, resources: ['services'] },
    { ...listPods, verbs: ['get'] },
  ];
  expect(allowsTraffic(parts)).toBe(false);
  expect(allowsTraffic([...parts, listPods])).toBe(true);
  expect(allowsTraffic([])).toBe(false);
});
