import { describe, expect, it } from 'vitest';
import { parsePolicyHit, traceOf } from './policy-hit.ts';
import type { PolicyHit } from './policy-trace.ts';

function hit(part: Partial<PolicyHit>): PolicyHit {
  return {
    kind: 'Unknown',
    tier: 'default',
    namespace: '',
    name: '',
    action: 'allow',
    index: 0,
    ruleIndex: 0,
    trigger: null,
    ...part,
  };
}

const trigger = { action: null, index: null, ruleIndex: null } as const;

describe('the dialect of open source 3.31 and newer', () => {
  it.each([
    ['0|default|gnp:allow-dns|allow|0', { kind: 'GlobalNetworkPolicy', name: 'allow-dns' }],
    [
      '1|default|np:shop/cart|deny|2',
      {
        kind: 'CalicoNetworkPolicy',
        namespace: 'shop',
        name: 'cart',
        action: 'deny',
        index: 1,
        ruleIndex: 2,
      },
    ],
    ['0|default|knp:shop/cart|allow|0', { kind: 'NetworkPolicy', namespace: 'shop', name: 'cart' }],
    [
      '0|sec|sgnp:audit|pass|0',
      { kind: 'StagedGlobalNetworkPolicy', tier: 'sec', name: 'audit', action: 'pass' },
    ],
    [
      '0|sec|snp:shop/audit|allow|0',
      { kind: 'StagedNetworkPolicy', tier: 'sec', namespace: 'shop', name: 'audit' },
    ],
    [
      '0|default|sknp:shop/next|allow|0',
      { kind: 'StagedKubernetesNetworkPolicy', namespace: 'shop', name: 'next' },
    ],
    ['0|kube-admin|kcnp:base|allow|0', { kind: 'ClusterNetworkPolicy', tier: 'kube-admin', name: 'base' }],
    ['0|__PROFILE__|pro:kns.shop|allow|0', { kind: 'Profile', tier: '', name: 'kns.shop' }],
    ['0|default|gnp:default.allow-dns|allow|0', { kind: 'GlobalNetworkPolicy', name: 'allow-dns' }],
    [
      '0|default|np:shop/cart|allow|-2',
      { kind: 'CalicoNetworkPolicy', namespace: 'shop', name: 'cart', ruleIndex: null },
    ],
    ['-2|default|gnp:a|allow|0', { kind: 'GlobalNetworkPolicy', name: 'a', index: null }],
    [
      '3|default|np:shop/cart|deny|-1',
      {
        kind: 'EndOfTier',
        action: 'deny',
        index: 3,
        ruleIndex: -1,
        trigger: hit({ ...trigger, kind: 'CalicoNetworkPolicy', namespace: 'shop', name: 'cart' }),
      },
    ],
  ] as const)('%s', (text, expected) => {
    expect(parsePolicyHit(text)).toEqual(hit(expected));
  });
});

describe('the dialect of Enterprise and older releases', () => {
  it.each([
    ['0|default|default.allow-dns|allow|0', { kind: 'GlobalNetworkPolicy', name: 'allow-dns' }],
    [
      '0|default|shop/default.cart|allow|2',
      { kind: 'CalicoNetworkPolicy', namespace: 'shop', name: 'cart', ruleIndex: 2 },
    ],
    [
      '0|default|shop/knp.default.cart|deny|0',
      { kind: 'NetworkPolicy', namespace: 'shop', name: 'cart', action: 'deny' },
    ],
    [
      '0|sec|staged:sec.audit|deny|0',
      { kind: 'StagedGlobalNetworkPolicy', tier: 'sec', name: 'audit', action: 'deny' },
    ],
    [
      '0|sec|sec.staged:audit|deny|0',
      { kind: 'StagedGlobalNetworkPolicy', tier: 'sec', name: 'audit', action: 'deny' },
    ],
    [
      '0|sec|shop/staged:sec.audit|deny|0',
      { kind: 'StagedNetworkPolicy', tier: 'sec', namespace: 'shop', name: 'audit', action: 'deny' },
    ],
    [
      '0|sec|shop/sec.staged:audit|deny|0',
      { kind: 'StagedNetworkPolicy', tier: 'sec', namespace: 'shop', name: 'audit', action: 'deny' },
    ],
    [
      '0|default|shop/staged:knp.default.next|allow|0',
      { kind: 'StagedKubernetesNetworkPolicy', namespace: 'shop', name: 'next' },
    ],
    [
      '0|adminnetworkpolicy|kanp.adminnetworkpolicy.base|pass|0',
      { kind: 'AdminNetworkPolicy', tier: 'adminnetworkpolicy', name: 'base', action: 'pass' },
    ],
    [
      '0|baselineadminnetworkpolicy|kbanp.baselineadminnetworkpolicy.default|deny|0',
      {
        kind: 'BaselineAdminNetworkPolicy',
        tier: 'baselineadminnetworkpolicy',
        name: 'default',
        action: 'deny',
      },
    ],
    [
      '0|kube-admin|kcnp.kube-admin.base|allow|0',
      { kind: 'ClusterNetworkPolicy', tier: 'kube-admin', name: 'base' },
    ],
    ['0|__PROFILE__|__PROFILE__.kns.shop|allow|0', { kind: 'Profile', tier: '', name: 'kns.shop' }],
    // A prefix that is not the tier of the hit may as well be part of the name.
    [
      '1|tier2|ns2/staged:tier1.policy1|deny|1',
      {
        kind: 'StagedNetworkPolicy',
        tier: 'tier2',
        namespace: 'ns2',
        name: 'tier1.policy1',
        action: 'deny',
        index: 1,
        ruleIndex: 1,
      },
    ],
    // Enterprise before 3.0 wrote no rule.
    [
      '0|default|default.allow-dns|allow',
      { kind: 'GlobalNetworkPolicy', name: 'allow-dns', ruleIndex: null },
    ],
    [
      '1|sec|shop/sec.cart|deny|-1',
      {
        kind: 'EndOfTier',
        tier: 'sec',
        action: 'deny',
        index: 1,
        ruleIndex: -1,
        trigger: hit({
          ...trigger,
          kind: 'CalicoNetworkPolicy',
          tier: 'sec',
          namespace: 'shop',
          name: 'cart',
        }),
      },
    ],
  ] as const)('%s', (text, expected) => {
    expect(parsePolicyHit(text)).toEqual(hit(expected));
  });
});

it.each([
  '',
  'allow',
  '0|default|gnp:a',
  '0|default|gnp:a|allow|0|x',
  'x|default|gnp:a|allow|0',
  '0|default|gnp:a|maybe|0',
  '0|default|gnp:a|allow|x',
  '0||gnp:a|allow|0',
  '0|default|gnp:|allow|0',
  '0|default||allow|0',
  '0|default|np:cart|allow|0',
  '0|default|gnp:shop/cart|allow|0',
  '0|default|a/b/c|allow|0',
])('refuses %j', (text) => {
  expect(parsePolicyHit(text)).toBeNull();
});

it('puts hits that come in any order into the order of evaluation, those without a place last', () => {
  const [first, second, unplaced] = [hit({ index: 0 }), hit({ index: 1 }), hit({ index: null })];
  expect(traceOf('egress', [unplaced, second, first], [])).toEqual([
    { direction: 'egress', enforced: [first, second, unplaced], pending: [] },
  ]);
  expect(traceOf('egress', [], [])).toEqual([]);
});
