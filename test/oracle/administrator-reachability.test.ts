import { it } from 'vitest';
import { type Case, expectReachable, inNs, policy, type Trial } from './reachability.ts';

/**
 * The connectivity tables of policy-assistant (kubernetes-sigs/network-policy-api,
 * cmd/policy-assistant/test/integration), as facts, over three protocols. Its namespace y is w here, and what it
 * says with labels that were taken out of the API (sameLabels, notSameLabels) is said with a selector.
 */
function administrators(
  kind: string,
  spec: string,
  name = kind === 'AdminNetworkPolicy' ? 'one' : 'default',
): string {
  return `apiVersion: policy.networking.k8s.io/v1alpha1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec: ${spec}`;
}

const anp = (spec: string, name = 'one') => administrators('AdminNetworkPolicy', spec, name);
const banp = (spec: string) => administrators('BaselineAdminNetworkPolicy', spec);

const onXa =
  'subject: {pods: {namespaceSelector: {matchLabels: {ns: x}}, podSelector: {matchLabels: {pod: a}}}}';
const onAll = 'subject: {namespaces: {}}';
const podOf = (ns: string, pod: string) =>
  `{pods: {namespaceSelector: {matchLabels: {ns: ${ns}}}, podSelector: {matchLabels: {pod: ${pod}}}}}`;
const ofX = '{namespaces: {matchLabels: {ns: x}}}';
const notOfX = '{namespaces: {matchExpressions: [{key: ns, operator: NotIn, values: [x]}]}}';
const everywhere = '{namespaces: {}}';
const number = (port: number, protocol: string) => `[{portNumber: {protocol: ${protocol}, port: ${port}}}]`;
const range = (...of: readonly string[]) =>
  `[${of.map((protocol) => `{portRange: {protocol: ${protocol}, start: 80, end: 81}}`).join(', ')}]`;
const rule = (action: string, peer: string, ports?: string, side = 'from') =>
  `{action: ${action}, ${side}: [${peer}]${ports === undefined ? '' : `, ports: ${ports}`}}`;
const udp80 =
  '{podSelector: {matchLabels: {pod: a}}, policyTypes: [Ingress], ingress: [{ports: [{protocol: UDP, port: 80}]}]}';

const isOn = ({ port, protocol }: Trial, at: number, by: string) => port === at && protocol === by;
const denyUdpOfOthers = rule('Deny', notOfX, number(80, 'UDP'));
const allowUdpOfWa = rule('Allow', podOf('w', 'a'), number(80, 'UDP'));

const cases: readonly Case[] = [
  [
    'a namespace denies all',
    [policy('{podSelector: {}, policyTypes: [Ingress]}')],
    ({ to }) => inNs(to, 'x'),
  ],
  ['a namespace lets one port in', [policy(udp80)], (trial) => trial.to === 'x/a' && !isOn(trial, 80, 'udp')],
  [
    'a port on the way out',
    [anp(`{priority: 100, ${onXa}, egress: [${rule('Deny', podOf('x', 'b'), number(80, 'TCP'), 'to')}]}`)],
    (trial) => trial.from === 'x/a' && trial.to === 'x/b' && isOn(trial, 80, 'tcp'),
  ],
  [
    'a port on the way in',
    [anp(`{priority: 100, ${onXa}, ingress: [${rule('Deny', podOf('x', 'b'), number(80, 'TCP'))}]}`)],
    (trial) => trial.from === 'x/b' && trial.to === 'x/a' && isOn(trial, 80, 'tcp'),
  ],
  [
    'a named port on the way in',
    [
      anp(
        `{priority: 100, ${onXa}, ingress: [${rule('Deny', podOf('x', 'b'), '[{namedPort: serve-80-tcp}]')}]}`,
      ),
    ],
    (trial) => trial.from === 'x/b' && trial.to === 'x/a' && isOn(trial, 80, 'tcp'),
  ],
  [
    'a range of ports from the own namespace',
    [anp(`{priority: 100, ${onXa}, ingress: [${rule('Deny', ofX, range('TCP'))}]}`)],
    ({ from, to, protocol }) => to === 'x/a' && inNs(from, 'x') && protocol === 'tcp',
  ],
  [
    'a port from other namespaces',
    [anp(`{priority: 100, ${onXa}, ingress: [${denyUdpOfOthers}]}`)],
    (trial) => trial.to === 'x/a' && !inNs(trial.from, 'x') && isOn(trial, 80, 'udp'),
  ],
  [
    'of two rules that overlap the first counts, where it allows',
    [anp(`{priority: 100, ${onXa}, ingress: [${allowUdpOfWa}, ${denyUdpOfOthers}]}`)],
    (trial) => trial.to === 'x/a' && !inNs(trial.from, 'x') && trial.from !== 'w/a' && isOn(trial, 80, 'udp'),
  ],
  [
    'and where it denies',
    [anp(`{priority: 100, ${onXa}, ingress: [${denyUdpOfOthers}, ${allowUdpOfWa}]}`)],
    (trial) => trial.to === 'x/a' && !inNs(trial.from, 'x') && isOn(trial, 80, 'udp'),
  ],
  [
    'nothing leaves',
    [anp(`{priority: 100, ${onXa}, egress: [${rule('Deny', everywhere, undefined, 'to')}]}`)],
    ({ from }) => from === 'x/a',
  ],
  [
    'of two policies the one of the lower priority counts',
    [
      anp(`{priority: 99, ${onXa}, ingress: [${allowUdpOfWa}]}`),
      anp(`{priority: 100, ${onXa}, ingress: [${denyUdpOfOthers}]}`, 'two'),
    ],
    (trial) => trial.to === 'x/a' && !inNs(trial.from, 'x') && trial.from !== 'w/a' && isOn(trial, 80, 'udp'),
  ],
  [
    'and the other way about',
    [
      anp(`{priority: 101, ${onXa}, ingress: [${allowUdpOfWa}]}`),
      anp(`{priority: 100, ${onXa}, ingress: [${denyUdpOfOthers}]}`, 'two'),
    ],
    (trial) => trial.to === 'x/a' && !inNs(trial.from, 'x') && isOn(trial, 80, 'udp'),
  ],
  [
    'the baseline denies what goes out to one pod',
    [banp(`{${onXa}, egress: [${rule('Deny', podOf('w', 'b'), undefined, 'to')}]}`)],
    ({ from, to }) => from === 'x/a' && to === 'w/b',
  ],
  [
    'the baseline denies what comes in from one pod',
    [banp(`{${onXa}, ingress: [${rule('Deny', podOf('w', 'b'))}]}`)],
    ({ from, to }) => from === 'w/b' && to === 'x/a',
  ],
  [
    'an administrator allows all over a namespace',
    [
      anp(`{priority: 99, ${onAll}, ingress: [${rule('Allow', everywhere, range('TCP', 'UDP', 'SCTP'))}]}`),
      policy(udp80),
    ],
    () => false,
  ],
  [
    'an administrator allows some over a namespace',
    [anp(`{priority: 99, ${onAll}, ingress: [${rule('Allow', ofX, range('TCP', 'UDP'))}]}`), policy(udp80)],
    (trial) =>
      trial.to === 'x/a' &&
      !isOn(trial, 80, 'udp') &&
      !(inNs(trial.from, 'x') && (trial.protocol === 'tcp' || trial.protocol === 'udp')),
  ],
  [
    'the baseline denies all that a namespace leaves open',
    [
      policy(
        '{podSelector: {matchLabels: {pod: a}}, policyTypes: [Ingress], ingress: [{from: [{podSelector: {matchLabels: {pod: b}}}], ports: [{protocol: UDP, port: 80}]}]}',
      ),
      banp(`{${onAll}, ingress: [${rule('Deny', everywhere)}]}`),
    ],
    (trial) => !(trial.from === 'x/b' && trial.to === 'x/a' && isOn(trial, 80, 'udp')),
  ],
  [
    'the baseline denies all that an administrator leaves open',
    [
      anp(`{priority: 100, ${onXa}, ingress: [${rule('Allow', ofX, number(80, 'UDP'))}]}`),
      banp(`{${onAll}, ingress: [${rule('Deny', everywhere)}]}`),
    ],
    (trial) => !(inNs(trial.from, 'x') && trial.to === 'x/a' && isOn(trial, 80, 'udp')),
  ],
  [
    'what an administrator passes the baseline denies; the rest the next one allows',
    [
      anp(`{priority: 100, ${onXa}, ingress: [${rule('Pass', ofX, number(80, 'UDP'))}]}`),
      anp(`{priority: 101, ${onAll}, ingress: [${rule('Allow', everywhere)}]}`, 'two'),
      banp(`{${onAll}, ingress: [${rule('Deny', everywhere)}]}`),
    ],
    (trial) => inNs(trial.from, 'x') && trial.to === 'x/a' && isOn(trial, 80, 'udp'),
  ],
];

it.each(cases.map((one) => [one[0], one] as const))('%s', (_title, one) => expectReachable(one));
