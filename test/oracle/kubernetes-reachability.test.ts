import { it } from 'vitest';
import { type Case, expectReachable, inNs, policy } from './reachability.ts';

/**
 * The reachability cases of Kubernetes' own network policy suite (test/e2e/network/netpol in
 * kubernetes/kubernetes), as facts: whom a policy lets in, and on which ports. What goes out, addresses and
 * changes are in kubernetes-egress-reachability.test.ts.
 */
const a = 'podSelector: {matchLabels: {pod: a}}';

const cases: readonly Case[] = [
  ['no policy', [], () => false],
  ['deny ingress to a namespace', [policy('{podSelector: {}}')], ({ to }) => inNs(to, 'x')],
  [
    'deny egress of a namespace',
    [policy('{podSelector: {}, policyTypes: [Egress]}')],
    ({ from }) => inNs(from, 'x'),
  ],
  [
    'deny both directions',
    [policy('{podSelector: {}, policyTypes: [Ingress, Egress]}')],
    ({ from, to }) => inNs(from, 'x') || inNs(to, 'x'),
  ],
  [
    'allow ingress from the own namespace by pod selector',
    [policy(`{${a}, ingress: [{from: [{podSelector: {matchLabels: {pod: b}}}]}]}`)],
    ({ from, to }) => to === 'x/a' && from !== 'x/b',
  ],
  [
    'allow ingress from a namespace by its label',
    [policy(`{${a}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns: w}}}]}]}`)],
    ({ from, to }) => to === 'x/a' && !inNs(from, 'w'),
  ],
  [
    'allow by the immutable name label of namespaces',
    [
      policy(
        `{${a}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: z}}}]}]}`,
      ),
    ],
    ({ from, to }) => to === 'x/a' && !inNs(from, 'z'),
  ],
  [
    'allow by match expressions over pods',
    [
      policy(
        `{${a}, ingress: [{from: [{podSelector: {matchExpressions: [{key: pod, operator: In, values: [b]}]}}]}]}`,
      ),
    ],
    ({ from, to }) => to === 'x/a' && from !== 'x/b',
  ],
  [
    'allow by match expressions over namespaces',
    [
      policy(
        `{${a}, ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: ns, operator: NotIn, values: [x]}]}}]}]}`,
      ),
    ],
    ({ from, to }) => to === 'x/a' && inNs(from, 'x'),
  ],
  [
    'namespace AND pod in one peer',
    [
      policy(
        `{${a}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns: w}}, podSelector: {matchLabels: {pod: b}}}]}]}`,
      ),
    ],
    ({ from, to }) => to === 'x/a' && from !== 'w/b',
  ],
  [
    'namespace OR pod in two peers',
    [
      policy(
        `{${a}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns: w}}}, {podSelector: {matchLabels: {pod: b}}}]}]}`,
      ),
    ],
    ({ from, to }) => to === 'x/a' && !inNs(from, 'w') && from !== 'x/b',
  ],
  [
    'a port of one protocol',
    [policy(`{${a}, ingress: [{ports: [{port: 81, protocol: TCP}]}]}`)],
    ({ to, port, protocol }) => to === 'x/a' && !(port === 81 && protocol === 'tcp'),
  ],
  [
    'two policies that each allow a port add up',
    [
      policy(`{${a}, ingress: [{ports: [{port: 80}]}]}`),
      policy(`{${a}, ingress: [{ports: [{port: 81}]}]}`, 'x', 'q'),
    ],
    ({ to, protocol }) => to === 'x/a' && protocol !== 'tcp',
  ],
  [
    'a named port of one protocol',
    [policy(`{${a}, ingress: [{ports: [{port: serve-81-udp, protocol: UDP}]}]}`)],
    ({ to, port, protocol }) => to === 'x/a' && !(port === 81 && protocol === 'udp'),
  ],
  [
    'a name of another protocol lets nothing in',
    [policy(`{${a}, ingress: [{ports: [{port: serve-80-udp, protocol: TCP}]}]}`)],
    ({ to }) => to === 'x/a',
  ],
  [
    'a range of ports on egress',
    [policy(`{${a}, policyTypes: [Egress], egress: [{ports: [{port: 81, endPort: 90, protocol: TCP}]}]}`)],
    ({ from, port, protocol }) => from === 'x/a' && !(port === 81 && protocol === 'tcp'),
  ],
  [
    'SCTP alone',
    [policy('{podSelector: {}, ingress: [{ports: [{protocol: SCTP}]}]}')],
    ({ to, protocol }) => inNs(to, 'x') && protocol !== 'sctp',
  ],
  [
    'an allow-all beside a deny-all',
    [policy('{podSelector: {}}'), policy('{podSelector: {}, ingress: [{}]}', 'x', 'q')],
    () => false,
  ],
  [
    'both ends have to agree',
    [
      policy(`{${a}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns: w}}}]}]}`),
      policy(
        `{${a}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {ns: z}}}]}]}`,
        'w',
        'q',
      ),
    ],
    ({ from, to }) => (to === 'x/a' && !inNs(from, 'w')) || (from === 'w/a' && !inNs(to, 'z')),
  ],
  [
    'egress to a pod in another namespace',
    [
      policy(
        `{${a}, policyTypes: [Egress], egress: [{to: [{namespaceSelector: {matchLabels: {ns: w}}, podSelector: {matchLabels: {pod: a}}}]}]}`,
      ),
    ],
    ({ from, to }) => from === 'x/a' && to !== 'w/a',
  ],
  [
    'allow ingress from every namespace',
    [policy(`{${a}, ingress: [{from: [{namespaceSelector: {}}]}]}`)],
    () => false,
  ],
  [
    'pods by expression in namespaces by expression',
    [
      policy(
        `{${a}, ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: ns, operator: NotIn, values: [x]}]}, podSelector: {matchExpressions: [{key: pod, operator: In, values: [b, c]}]}}]}]}`,
      ),
    ],
    ({ from, to }) => to === 'x/a' && (inNs(from, 'x') || from.endsWith('/a')),
  ],
  [
    'either of two pod selectors',
    [
      policy(
        `{${a}, ingress: [{from: [{podSelector: {matchLabels: {pod: b}}}, {podSelector: {matchLabels: {pod: c}}}]}]}`,
      ),
    ],
    ({ from, to }) => to === 'x/a' && !inNs(from, 'x'),
  ],
  [
    'expressions over the name label of namespaces',
    [
      policy(
        `{${a}, ingress: [{from: [{namespaceSelector: {matchExpressions: [{key: kubernetes.io/metadata.name, operator: NotIn, values: [x]}]}}]}]}`,
      ),
    ],
    ({ from, to }) => to === 'x/a' && inNs(from, 'x'),
  ],
  [
    'a port from one namespace',
    [
      policy(
        `{${a}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns: w}}}], ports: [{port: 81, protocol: TCP}]}]}`,
      ),
    ],
    ({ from, to, port, protocol }) => to === 'x/a' && !(inNs(from, 'w') && port === 81 && protocol === 'tcp'),
  ],
  [
    'a second policy opens another port to that namespace',
    [80, 81].map((port) =>
      policy(
        `{${a}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns: w}}}], ports: [{port: ${port}, protocol: TCP}]}]}`,
        'x',
        `p${port}`,
      ),
    ),
    ({ from, to, protocol }) => to === 'x/a' && !(inNs(from, 'w') && protocol === 'tcp'),
  ],
  [
    'a named port without a protocol is of TCP',
    [policy('{podSelector: {}, ingress: [{ports: [{port: serve-81-tcp}]}]}')],
    ({ to, port, protocol }) => inNs(to, 'x') && !(port === 81 && protocol === 'tcp'),
  ],
  [
    'a named port from one namespace',
    [
      policy(
        `{${a}, ingress: [{from: [{namespaceSelector: {matchLabels: {ns: w}}}], ports: [{port: serve-80-tcp, protocol: TCP}]}]}`,
      ),
    ],
    ({ from, to, port, protocol }) => to === 'x/a' && !(inNs(from, 'w') && port === 80 && protocol === 'tcp'),
  ],
  [
    'nobody of another namespace',
    [policy('{podSelector: {}, ingress: [{from: [{podSelector: {}}]}]}')],
    ({ from, to }) => inNs(to, 'x') && !inNs(from, 'x'),
  ],
  [
    'every port of one protocol',
    [policy(`{${a}, ingress: [{ports: [{protocol: TCP}]}]}`)],
    ({ to, protocol }) => to === 'x/a' && protocol !== 'tcp',
  ],
  [
    'UDP does not stand for TCP',
    [policy(`{${a}, ingress: [{ports: [{port: 81, protocol: UDP}]}]}`)],
    ({ to, port, protocol }) => to === 'x/a' && !(port === 81 && protocol === 'udp'),
  ],
  [
    'SCTP on a port does not stand for TCP',
    [policy(`{${a}, ingress: [{ports: [{port: 80, protocol: SCTP}]}]}`)],
    ({ to, port, protocol }) => to === 'x/a' && !(port === 80 && protocol === 'sctp'),
  ],
];

it.each(cases.map((one) => [one[0], one] as const))('%s', (_title, one) => expectReachable(one));
