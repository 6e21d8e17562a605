import { expect, it } from 'vitest';
import { compile } from '#lib/policy/compile.ts';
import { createDecider } from '#lib/policy/decider/decider.ts';
import { readCluster } from '../read-cluster.ts';

/**
 * The reachability cases of Kubernetes' own network policy suite (test/e2e/network/netpol in
 * kubernetes/kubernetes), as facts: three namespaces with three pods each, two ports, three protocols,
 * and for each policy what it cuts. Everything else stays reachable.
 */
const namespaces = ['x', 'w', 'z'];
const names = ['a', 'b', 'c'];
const ports = [80, 81];
const protocols = ['tcp', 'udp', 'sctp'];

const estate = namespaces
  .flatMap((ns) => [
    `apiVersion: v1\nkind: Namespace\nmetadata: {name: ${ns}, labels: {ns: ${ns}}}`,
    ...names.map(
      (pod) =>
        `apiVersion: v1\nkind: Pod\nmetadata: {name: ${pod}, namespace: ${ns}, labels: {pod: ${pod}}}\nspec: {containers: [{name: c, ports: [${ports
          .flatMap((port) =>
            protocols.map(
              (protocol) =>
                `{containerPort: ${port}, name: serve-${port}-${protocol}, protocol: ${protocol.toUpperCase()}}`,
            ),
          )
          .join(', ')}]}]}`,
    ),
  ])
  .join('\n---\n');

type Trial = {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly protocol: string;
};
type Case = readonly [title: string, policies: readonly string[], cuts: (trial: Trial) => boolean];

const policy = (spec: string, namespace = 'x', name = 'p') =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: ${name}, namespace: ${namespace}}\nspec: ${spec}`;
const inNs = (pod: string, ns: string) => pod.startsWith(`${ns}/`);
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
];

it.each(cases)('%s', (_title, policies, cuts) => {
  const reading = readCluster([estate, ...policies].join('\n---\n'));
  expect(reading.problems).toEqual([]);
  const decider = createDecider(compile(reading.cluster, 'enforced-only'));
  const wrong: string[] = [];
  for (const source of reading.peers) {
    for (const destination of reading.peers) {
      if (source === destination) continue;
      for (const port of ports) {
        for (const protocol of protocols) {
          const key = { source: source.endpoint, destination: destination.endpoint, protocol, port };
          const trial = { from: bare(source.title), to: bare(destination.title), port, protocol };
          const expected = cuts(trial) ? 'denied' : 'allowed';
          const { verdict } = decider.decide(key);
          if (verdict !== expected) wrong.push(`${JSON.stringify(trial)} is ${verdict}`);
        }
      }
    }
  }
  expect(wrong).toEqual([]);
});

function bare(title: string): string {
  return title.replace('[Pod]', '');
}
