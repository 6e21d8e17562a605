import { it } from 'vitest';
import { addressOf, type Case, expectReachable, inNs, policy } from './reachability.ts';

/** The rest of Kubernetes' own cases (see kubernetes-reachability.test.ts): what goes out, addresses, changes. */
const a = 'podSelector: {matchLabels: {pod: a}}';
const egress = 'policyTypes: [Egress]';
const wa = '{namespaceSelector: {matchLabels: {ns: w}}, podSelector: {matchLabels: {pod: a}}}';
const xa = '{namespaceSelector: {matchLabels: {ns: x}}, podSelector: {matchLabels: {pod: a}}}';
const wb = addressOf('w', 'b');

const cases: readonly Case[] = [
  ['nothing leaves a pod', [policy(`{${a}, ${egress}}`)], ({ from }) => from === 'x/a'],
  [
    'a named port is the one that the server declares',
    [policy(`{podSelector: {}, ${egress}, egress: [{ports: [{port: serve-80-tcp}]}]}`)],
    ({ from, port, protocol }) => inNs(from, 'x') && !(port === 80 && protocol === 'tcp'),
  ],
  [
    'both directions in one policy',
    [
      policy(
        `{${a}, policyTypes: [Egress, Ingress], ingress: [{from: [{podSelector: {matchLabels: {pod: b}}}]}], egress: [{ports: [{port: 80}]}]}`,
      ),
    ],
    ({ from, to, port, protocol }) =>
      (to === 'x/a' && from !== 'x/b') || (from === 'x/a' && !(port === 80 && protocol === 'tcp')),
  ],
  [
    'the client denies what the server lets in',
    [
      policy(`{${a}, ${egress}, egress: [{to: [${wa}]}]}`, 'x', 'out'),
      policy(`{${a}, ingress: [{from: [${xa}]}]}`, 'w', 'in-a'),
      policy(`{podSelector: {matchLabels: {pod: b}}, ingress: [{from: [${xa}]}]}`, 'w', 'in-b'),
    ],
    ({ from, to }) => (from === 'x/a' && to !== 'w/a') || ((to === 'w/a' || to === 'w/b') && from !== 'x/a'),
  ],
  [
    'an allow-all of what goes out takes nothing from a narrow one beside it',
    [
      policy(`{${a}, ${egress}, egress: [{ports: [{port: 80, protocol: TCP}]}]}`, 'x', 'narrow'),
      policy(`{${a}, ${egress}, egress: [{}]}`, 'x', 'wide'),
    ],
    () => false,
  ],
  [
    'an allow-all of what comes in takes nothing from a narrow one beside it',
    [
      policy(`{${a}, ingress: [{ports: [{port: 80, protocol: TCP}]}]}`, 'x', 'narrow'),
      policy(`{${a}, ingress: [{}]}`, 'x', 'wide'),
    ],
    () => false,
  ],
  [
    'to one address alone',
    [policy(`{${a}, ${egress}, egress: [{to: [{ipBlock: {cidr: ${wb}/32}}]}]}`)],
    ({ from, to }) => from === 'x/a' && to !== 'w/b',
  ],
  [
    'to a network but for an address',
    [
      policy(
        `{${a}, ${egress}, egress: [{to: [{ipBlock: {cidr: ${addressOf('w', 'a')}/24, except: [${wb}/32]}}]}]}`,
      ),
    ],
    ({ from, to }) => from === 'x/a' && (!inNs(to, 'w') || to === 'w/b'),
  ],
  [
    'an address that one policy excepts and another allows',
    [
      policy(
        `{${a}, ${egress}, egress: [{to: [{ipBlock: {cidr: ${addressOf('w', 'a')}/24, except: [${wb}/32]}}]}]}`,
        'x',
        'but-for',
      ),
      policy(`{${a}, ${egress}, egress: [{to: [{ipBlock: {cidr: ${wb}/32}}]}]}`, 'x', 'that-one'),
    ],
    ({ from, to }) => from === 'x/a' && !inNs(to, 'w'),
  ],
  [
    'what comes in is no matter of what goes out',
    [
      policy(`{${a}, ${egress}, egress: [{to: [{podSelector: {matchLabels: {pod: b}}}]}]}`, 'x', 'out'),
      policy(`{${a}, ingress: [{from: [{podSelector: {matchLabels: {pod: b}}}]}]}`, 'x', 'in'),
    ],
    ({ from, to }) => (from === 'x/a' && to !== 'x/b') || (to === 'x/a' && from !== 'x/b'),
  ],
  [
    'a policy that was changed from all to nothing',
    [policy('{podSelector: {}, ingress: []}')],
    ({ to }) => inNs(to, 'x'),
  ],
  [
    'a namespace without the label that is asked for',
    [policy(`{${a}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns2: updated}}}]}]}`)],
    ({ to }) => to === 'x/a',
  ],
  [
    'and with it',
    [policy(`{${a}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns2: updated}}}]}]}`)],
    ({ from, to }) => to === 'x/a' && !inNs(from, 'w'),
    { w: 'ns2: updated' },
  ],
  [
    'a pod without the label that is asked for',
    [policy(`{${a}, ingress: [{from: [{podSelector: {matchLabels: {pod: b, pod2: updated}}}]}]}`)],
    ({ to }) => to === 'x/a',
  ],
  [
    'and with it, and that one alone',
    [policy(`{${a}, ingress: [{from: [{podSelector: {matchLabels: {pod: b, pod2: updated}}}]}]}`)],
    ({ from, to }) => to === 'x/a' && from !== 'x/b',
    { 'x/b': 'pod2: updated' },
  ],
  [
    'a pod that the policy does not select',
    [policy('{podSelector: {matchLabels: {target: isolated}}}')],
    () => false,
  ],
  [
    'and one that it selects since its label changed',
    [policy('{podSelector: {matchLabels: {target: isolated}}}')],
    ({ to }) => to === 'x/a',
    { 'x/a': 'target: isolated' },
  ],
];

it.each(cases.map((one) => [one[0], one] as const))('%s', (_title, one) => expectReachable(one));
