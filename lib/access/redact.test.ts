import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endpointKinds } from '#lib/flows/flow-record.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import { mergeRows } from './merge-rows.ts';
import { redactHit, redactRows, showsAddresses } from './redact.ts';
import { limitedScope, wholeEstate } from './scope.ts';
import { policiesOf } from './visible-policies.ts';

const shop = { cluster: 'prod', kind: 'workload', namespace: 'shop', name: 'front' } as const;
const inScope = { source: true, target: false };

function farOf(target: Parameters<typeof redactRows>[0][number]['target'], farEnd: 'namespace' | 'nothing') {
  return redactRows([{ source: shop, target, inScope }], farEnd)[0]?.target;
}

describe('a far end', () => {
  const payments = { cluster: 'prod', kind: 'workload', namespace: 'payments', name: 'ledger' } as const;

  it('is its namespace, or nothing where the setting says so', () => {
    expect(farOf(payments, 'namespace')).toEqual({ ...payments, kind: 'namespace', name: '' });
    expect(farOf(payments, 'nothing')).toMatchObject({ cluster: '', kind: 'outside-scope', name: '' });
  });

  it('takes its network set with it', () => {
    expect(farOf({ ...payments, kind: 'networkset' }, 'namespace')).toMatchObject({ kind: 'namespace' });
  });

  it('without a namespace is told only where it names nobody', () => {
    const outer = (kind: (typeof endpointKinds)[number], name: string) =>
      farOf({ cluster: 'prod', kind, namespace: null, name }, 'namespace')?.kind;
    expect(outer('network', 'public')).toBe('network');
    expect(outer('domain', 'api.example.com')).toBe('domain');
    expect(outer('host', 'kube-apiserver')).toBe('host');
    expect(outer('host', 'node-7')).toBe('outside-scope');
    expect(outer('networkset', 'partners')).toBe('outside-scope');
  });

  it('never keeps a name beside those, whatever it is, and rows without an own end are gone', () => {
    const end = fc.record({
      cluster: fc.constant('prod'),
      kind: fc.constantFrom(...endpointKinds),
      namespace: fc.constantFrom(null, 'a', 'b'),
      name: fc.constantFrom('secret-name', 'other-secret'),
    });
    const rows = fc.array(
      fc.record({
        source: end,
        target: end,
        inScope: fc.record({ source: fc.boolean(), target: fc.boolean() }),
      }),
    );
    fc.assert(
      fc.property(rows, fc.constantFrom('namespace', 'nothing'), (all, farEnd) => {
        const redacted = redactRows(all, farEnd);
        expect(redacted.length).toBe(all.filter((row) => row.inScope.source || row.inScope.target).length);
        for (const row of redacted) {
          for (const side of ['source', 'target'] as const) {
            if (row.inScope[side] || ['domain', 'network', 'unknown'].includes(row[side].kind)) continue;
            expect(row[side].name).toBe('');
            if (farEnd === 'nothing') expect(row[side].namespace).toBeNull();
          }
        }
        expect(redactRows(redacted, farEnd)).toEqual(redacted);
      }),
    );
  });
});

it('tells addresses of own ends and of the public network alone', () => {
  const outer = (name: string) => ({ cluster: 'prod', kind: 'network', namespace: null, name }) as const;
  expect(showsAddresses(outer('public'), false)).toBe(true);
  expect(showsAddresses(outer('private'), false)).toBe(false);
  expect(showsAddresses(outer('private'), true)).toBe(true);
});

describe('a policy hit', () => {
  const hit: PolicyHit = {
    kind: 'GlobalNetworkPolicy',
    tier: 'security',
    namespace: '',
    name: 'pci',
    action: 'deny',
    index: 3,
    ruleIndex: 1,
    trigger: null,
  };
  const scope = limitedScope({ clusters: [], namespaceIds: [1n], namespacesSince: [], farEnd: 'namespace' });

  it('is whole, its tier alone, or nothing', () => {
    expect(redactHit(hit, () => 'full')).toEqual(hit);
    expect(redactHit(hit, () => 'tier')).toEqual({ kind: 'Hidden', tier: 'security', action: 'deny' });
    expect(redactHit(hit, () => 'none')).toBeNull();
  });

  it('at the end of a tier is judged by the policy that led there', () => {
    const trigger = {
      ...hit,
      kind: 'NetworkPolicy',
      tier: 'default',
      namespace: 'shop',
      name: 'own',
    } as const;
    const end = { ...hit, kind: 'EndOfTier', name: '', trigger } as const;
    expect(redactHit(end, policiesOf(scope, 'shop'))).toEqual(end);
    expect(
      redactHit({ ...end, trigger: { ...trigger, namespace: 'other' } }, policiesOf(scope, 'shop')),
    ).toBeNull();
  });

  it('by the scope alone is seen of the own namespace; those of the cluster need the estate', () => {
    const own = { ...hit, namespace: 'shop' };
    const profile = { ...hit, kind: 'Profile', tier: '', name: 'kns.shop' } as const;
    expect(policiesOf(scope, 'shop')(own)).toBe('full');
    expect(policiesOf(scope, 'shop')(profile)).toBe('full');
    expect(policiesOf(scope, 'shop')(hit)).toBe('none');
    expect(policiesOf(scope, 'other')(own)).toBe('none');
    expect(policiesOf(scope, null)(hit)).toBe('none');
    expect(policiesOf(wholeEstate(), null)(hit)).toBe('full');
  });
});

it('merges rows that redaction made the same, and orders by nothing hidden', () => {
  const rows = [
    { by: 'b', flows: 2 },
    { by: 'a', flows: 1 },
    { by: 'c', flows: 3 },
    { by: 'a', flows: 2 },
  ];
  const merged = [
    { by: 'a', flows: 3 },
    { by: 'c', flows: 3 },
    { by: 'b', flows: 2 },
  ];
  expect(mergeRows(rows)).toEqual(merged);
  expect(mergeRows(rows.toReversed())).toEqual(merged);
});
