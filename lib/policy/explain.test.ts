import { expect, it } from 'vitest';
import { cluster, network, policy, workload } from '../../test/policy-literals.ts';
import { compile } from './compile.ts';
import { evaluateFlow } from './evaluate.ts';
import { decidingHit, explain } from './explain.ts';
import { partialLabels } from './labels.ts';
import type { Endpoint, Policy } from './model.ts';

const policies = [
  policy({ name: 'silent', namespace: 'shop', types: ['ingress'], order: 1 }),
  policy({
    name: 'from-web',
    types: ['ingress'],
    order: 2,
    ingress: [{ action: 'allow', source: { selector: 'app == "web"' } }],
  }),
];

function answer(source: Endpoint, more: readonly Policy[] = []) {
  const destination = workload('shop/cart', {});
  return evaluateFlow(compile(cluster({ policies: [...policies, ...more] }), 'enforced-only'), {
    source,
    destination,
    protocol: 'tcp',
    sourcePort: null,
    destinationPort: 80,
  });
}

it('names the rule that decided and what selected without a match', () => {
  expect(explain(answer(workload('shop/web', { app: 'web' })))).toEqual([
    'allowed',
    'egress: allowed',
    '  allow by the profile',
    'ingress: allowed',
    '  allow by rule 0 of GlobalNetworkPolicy from-web in tier default',
    '  selected without a match: CalicoNetworkPolicy shop/silent in tier default',
  ]);
});

it('names the policy that brought the end of a tier into force', () => {
  expect(explain(answer(network('203.0.113.7')))).toEqual([
    'denied',
    'egress: allowed',
    '  allow by no policy applies to a network',
    'ingress: denied',
    '  deny by the end of tier default, which CalicoNetworkPolicy shop/silent brought into force',
    '  selected without a match: CalicoNetworkPolicy shop/silent in tier default',
    '  selected without a match: GlobalNetworkPolicy from-web in tier default',
  ]);
});

it('says what is missing, and which steps are not sure', () => {
  const undecidable = answer(workload('shop/web', {}, { labels: partialLabels([]) }));
  expect(decidingHit(undecidable.ingress)).toBeNull();
  expect(decidingHit(undecidable.egress)?.decision.kind).toBe('profile');
  expect(explain(undecidable)).toEqual([
    'undecidable, missing: label app of the source',
    'egress: allowed',
    '  allow by the profile',
    'ingress: undecidable, missing: label app of the source',
    '  perhaps allow by rule 0 of GlobalNetworkPolicy from-web in tier default',
    '  perhaps deny by the end of tier default, which CalicoNetworkPolicy shop/silent brought into force',
    '  selected without a match: CalicoNetworkPolicy shop/silent in tier default',
  ]);
});

it('names no deciding step where completions agree by different ones', () => {
  const others = policy({
    name: 'not-from-web',
    types: ['ingress'],
    order: 3,
    ingress: [{ action: 'allow', source: { selector: 'app != "web"' } }],
  });
  const { ingress } = answer(workload('shop/web', {}, { labels: partialLabels([]) }), [others]);
  expect(ingress.verdict).toBe('allowed');
  expect(decidingHit(ingress)).toBeNull();
});
