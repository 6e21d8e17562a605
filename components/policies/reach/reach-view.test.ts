import { expect, test } from 'vitest';
import type { ExplainedDirection, Explanation, PolicyStep } from '#lib/contracts/policies.ts';
import { toReachView } from './reach-view.ts';

const pass: PolicyStep = {
  by: 'rule',
  tier: 'security',
  policy: {
    id: 'prod/GlobalNetworkPolicy/pci',
    kind: 'GlobalNetworkPolicy',
    tier: 'security',
    namespace: '',
    name: 'pci',
  },
  rule: 2,
  reason: null,
  action: 'pass',
  isCertain: true,
  text: 'rule 2 of GlobalNetworkPolicy pci in tier security',
};
const profile: PolicyStep = {
  ...pass,
  by: 'profile',
  tier: null,
  policy: null,
  rule: null,
  action: 'allow',
  text: 'the profile',
};
const out: ExplainedDirection = {
  verdict: 'allowed',
  missing: [],
  decidedBy: profile,
  steps: [pass, profile],
  unmatched: [],
};
const explanation: Explanation = {
  cluster: 'prod',
  at: null,
  from: { title: 'shop/front[Deployment]', kind: 'workload', inScope: true },
  to: { title: 'payments', kind: 'far', inScope: false },
  protocol: 'tcp',
  port: 443,
  verdict: 'undecidable',
  missing: ['labels of payments'],
  egress: out,
  ingress: null,
  notRead: [],
};

test('the answer is a sentence, and says what is missing where it cannot be told', () => {
  const view = toReachView(explanation);
  expect(view.sentence).toBe('shop/front[Deployment] may or may not reach payments on TCP 443');
  expect(view.missing).toEqual(['labels of payments']);
});

test('the deciding step stands out, and each leads to the rule in its policy', () => {
  const [egress] = toReachView(explanation).directions;
  expect(egress?.steps.map(({ isDeciding, href }) => [isDeciding, href])).toEqual([
    [false, '/policies?cluster=prod&policy=prod/GlobalNetworkPolicy/pci&rule=egress:2'],
    [true, null],
  ]);
});

test('an end out of scope tells nothing of its policies', () => {
  const [, ingress] = toReachView(explanation).directions;
  expect(ingress).toMatchObject({ verdict: null, steps: [], note: expect.stringContaining('outside') });
});
