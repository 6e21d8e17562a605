import { expect, it } from 'vitest';
import { compile } from '#lib/policy/compile.ts';
import { evaluateFlow } from '#lib/policy/evaluate.ts';
import { decidingHit } from '#lib/policy/explain.ts';
import { peerIn, readCluster } from '../read-cluster.ts';

/**
 * How the policies of administrators, of namespaces and of the baseline come after each other: the
 * cases that policy-assistant (kubernetes-sigs/network-policy-api) walks through, as facts.
 */
const pods = ['x/a', 'x/b', 'w/a']
  .map((title) => {
    const [namespace, name] = title.split('/');
    return `apiVersion: v1\nkind: Pod\nmetadata: {name: ${name}, namespace: ${namespace}, labels: {pod: ${name}}}\nspec: {containers: [{name: c}]}`;
  })
  .concat(
    ['x', 'w'].map((ns) => `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${ns}, labels: {ns: ${ns}}}`),
  );

const admin = (kind: string, name: string, spec: string) =>
  `apiVersion: policy.networking.k8s.io/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: ${spec}`;
const cluster = (name: string, spec: string) =>
  `apiVersion: policy.networking.k8s.io/v1alpha2\nkind: ClusterNetworkPolicy\nmetadata: {name: ${name}}\nspec: ${spec}`;
const onX = 'subject: {namespaces: {matchLabels: {ns: x}}}';
const fromY = 'from: [{namespaces: {matchLabels: {ns: w}}}]';
const anp = (name: string, priority: number, action: string, rest = '') =>
  admin(
    'AdminNetworkPolicy',
    name,
    `{priority: ${priority}, ${onX}, ingress: [{action: ${action}, ${fromY}${rest}}]}`,
  );
const banp = (action: string) =>
  admin('BaselineAdminNetworkPolicy', 'default', `{${onX}, ingress: [{action: ${action}, ${fromY}}]}`);
const cnp = (tier: string, action: string) =>
  cluster(
    `${tier.toLowerCase()}-${action.toLowerCase()}`,
    `{tier: ${tier}, priority: 5, ${onX}, ingress: [{action: ${action}, ${fromY}}]}`,
  );
const np = (ingress: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: np, namespace: x}\nspec: {podSelector: {}, ingress: ${ingress}}`;

it.each([
  ['nothing', [], 'allowed', 'profile'],
  ['an admin denies', [anp('one', 1, 'Deny')], 'denied', 'one'],
  ['a lower priority comes first', [anp('one', 2, 'Deny'), anp('two', 1, 'Allow')], 'allowed', 'two'],
  ['an admin allows over a namespace', [anp('one', 1, 'Allow'), np('[]')], 'allowed', 'one'],
  ['an admin denies over a namespace', [anp('one', 1, 'Deny'), np('[{}]')], 'denied', 'one'],
  [
    'an admin passes to a namespace that denies',
    [anp('one', 1, 'Pass'), np('[]')],
    'denied',
    'end of default',
  ],
  ['an admin passes to a namespace that allows', [anp('one', 1, 'Pass'), np('[{}]')], 'allowed', 'np'],
  ['an admin passes over later admins', [anp('one', 1, 'Pass'), anp('two', 2, 'Deny')], 'allowed', 'profile'],
  ['an admin passes to the baseline', [anp('one', 1, 'Pass'), banp('Deny')], 'denied', 'default'],
  ['the baseline denies', [banp('Deny')], 'denied', 'default'],
  ['the baseline allows', [banp('Allow')], 'allowed', 'default'],
  ['a namespace comes before the baseline', [np('[{}]'), banp('Deny')], 'allowed', 'np'],
  [
    'a namespace that denies never reaches the baseline',
    [np('[]'), banp('Allow')],
    'denied',
    'end of default',
  ],
  [
    'an admin of another port',
    [anp('one', 1, 'Deny', ', ports: [{portNumber: {protocol: TCP, port: 81}}]')],
    'allowed',
    'profile',
  ],
  [
    'an admin of a range',
    [anp('one', 1, 'Deny', ', ports: [{portRange: {protocol: TCP, start: 80, end: 90}}]')],
    'denied',
    'one',
  ],
  ['the later API denies in the admin tier', [cnp('Admin', 'Deny'), np('[{}]')], 'denied', 'admin-deny'],
  ['and accepts in it', [cnp('Admin', 'Accept'), np('[]')], 'allowed', 'admin-accept'],
  ['and passes', [cnp('Admin', 'Pass'), cnp('Baseline', 'Deny')], 'denied', 'baseline-deny'],
  ['and its baseline comes last', [np('[{}]'), cnp('Baseline', 'Deny')], 'allowed', 'np'],
] as const)('%s', (_title, policies, verdict, decidedBy) => {
  const reading = readCluster([...pods, ...policies].join('\n---\n'));
  expect(reading.problems).toEqual([]);
  const { ingress } = evaluateFlow(compile(reading.cluster, 'enforced-only'), {
    source: peerIn(reading, 'w/a[Pod]').endpoint,
    destination: peerIn(reading, 'x/a[Pod]').endpoint,
    protocol: 'tcp',
    sourcePort: null,
    destinationPort: 80,
  });
  const decision = decidingHit(ingress)?.decision;
  const by =
    decision?.kind === 'rule'
      ? decision.policy.name
      : decision?.kind === 'end-of-tier'
        ? `end of ${decision.tier}`
        : decision?.kind;
  expect([ingress.verdict, by]).toEqual([verdict, decidedBy]);
});
