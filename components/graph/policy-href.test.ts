import { expect, test } from 'vitest';
import { hitOf } from '#lib/picture/fixture.ts';
import { policyHref } from './policy-href.ts';

test('a hit leads to its policy, at the rule that was hit', () => {
  const hit = hitOf({ kind: 'GlobalNetworkPolicy', tier: 'security', name: 'security.pci', ruleIndex: 1 });
  expect(policyHref('prod', 'ingress', hit)).toBe(
    '/policies?cluster=prod&policy=prod/GlobalNetworkPolicy/pci&rule=ingress:1',
  );
});

test('the end of a tier leads to the policy that brought it into force, at no rule', () => {
  const trigger = { kind: 'CalicoNetworkPolicy', tier: 'default', namespace: 'shop', name: 'front' };
  const hit = hitOf({ kind: 'EndOfTier', name: '', ruleIndex: -1, trigger });
  expect(policyHref('prod', 'egress', hit)).toBe(
    '/policies?cluster=prod&policy=prod/CalicoNetworkPolicy/shop/front',
  );
});

test.each(['Profile', 'Hidden', 'Unknown'])('a hit of %s leads nowhere', (kind) => {
  expect(policyHref('prod', 'egress', hitOf({ kind }))).toBeNull();
});
