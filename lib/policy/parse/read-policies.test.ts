import { expect, it } from 'vitest';
import { parseCidr } from '#lib/kit/cidr.ts';
import { peerIn, readCluster } from '../../../test/read-cluster.ts';
import { compile } from '../compile.ts';
import { createDecider } from '../decider/decider.ts';
import { evaluateFlow } from '../evaluate.ts';
import { outsideEnd } from '../outside-end.ts';

const calico = (kind: string, spec: string, name = 'p') =>
  `apiVersion: projectcalico.org/v3\nkind: ${kind}\nmetadata: {name: ${name}, namespace: shop}\nspec:\n${spec}`;
const kubernetes = (spec: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec:\n${spec}`;
const admin = (kind: string, version: string, spec: string) =>
  `apiVersion: policy.networking.k8s.io/${version}\nkind: ${kind}\nmetadata: {name: p}\nspec:\n${spec}`;
const pods = `
apiVersion: v1
kind: Namespace
metadata: {name: shop}
---
apiVersion: v1
kind: Pod
metadata: {name: front, namespace: shop, labels: {app: front}}
spec: {containers: [{name: a, ports: [{name: web, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Pod
metadata: {name: back, namespace: shop, labels: {app: back}}
spec: {containers: [{name: a, ports: [{name: web, containerPort: 8080}]}]}
---
`;

function verdict(text: string, port = 8080): string {
  const reading = readCluster(`${pods}${text}`);
  const compiled = compile(reading.cluster, 'enforced-only');
  return evaluateFlow(compiled, {
    source: peerIn(reading, 'shop/front[Pod]').endpoint,
    destination: peerIn(reading, 'shop/back[Pod]').endpoint,
    protocol: 'tcp',
    sourcePort: null,
    destinationPort: port,
  }).verdict;
}

it.each([
  ['types: without rules', calico('NetworkPolicy', '  selector: all()'), ['ingress']],
  ['types: of egress rules alone', calico('NetworkPolicy', '  egress: [{action: Allow}]'), ['egress']],
  ['types: as listed', calico('NetworkPolicy', '  types: [Egress]'), ['egress']],
  ['a Kubernetes policy without types', kubernetes('  podSelector: {}'), ['ingress']],
  ['with `egress: []`', kubernetes('  podSelector: {}\n  egress: []'), ['ingress']],
  ['with an egress rule', kubernetes('  podSelector: {}\n  egress: [{}]'), ['ingress', 'egress']],
] as const)('fills in as the API server does: %s', (_title, text, types) => {
  expect(readCluster(text).cluster.policies[0]?.types).toEqual(types);
});

it('gives policies the tier and order that Calico gives them', () => {
  const text = [
    kubernetes('  podSelector: {}'),
    admin(
      'ClusterNetworkPolicy',
      'v1alpha2',
      '  {tier: Baseline, priority: 7, subject: {namespaces: {}}, egress: [{action: Accept, to: [{namespaces: {}}]}]}',
    ),
    admin('AdminNetworkPolicy', 'v1alpha1', '  {priority: 3, subject: {namespaces: {}}}'),
    admin('BaselineAdminNetworkPolicy', 'v1alpha1', '  {subject: {namespaces: {}}}'),
    calico('GlobalNetworkPolicy', '  {tier: security, order: 2.5}'),
  ].join('\n---\n');
  expect(readCluster(text).cluster.policies.map(({ kind, tier, order }) => [kind, tier, order])).toEqual([
    ['NetworkPolicy', 'default', 1000],
    ['ClusterNetworkPolicy', 'kube-baseline', 7],
    ['AdminNetworkPolicy', 'kube-admin', 3],
    ['BaselineAdminNetworkPolicy', 'kube-baseline', 0],
    ['GlobalNetworkPolicy', 'security', 2.5],
  ]);
});

it.each([
  ['StagedNetworkPolicy', 'Delete', 'delete'],
  ['StagedGlobalNetworkPolicy', 'Set', 'set'],
  ['StagedKubernetesNetworkPolicy', 'Ignore', 'ignore'],
] as const)('%s stands for what its stagedAction says', (kind, word, action) => {
  const { cluster, problems } = readCluster(calico(kind, `  stagedAction: ${word}`));
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  expect(cluster.policies[0]).toMatchObject({ kind, stagedAction: action });
});

it('reads sets, tiers, hosts and services', () => {
  const { cluster, peers } = readCluster(`
apiVersion: projectcalico.org/v3
kind: GlobalNetworkSet
metadata: {name: partners, labels: {who: partner}}
spec: {nets: [192.0.2.0/24], allowedEgressDomains: [example.com]}
---
apiVersion: crd.projectcalico.org/v1
kind: Tier
metadata: {name: security}
spec: {order: 5, defaultAction: Pass}
---
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: {name: node-1, labels: {role: node}}
spec: {node: node-1, interfaceName: '*', expectedIPs: [192.0.2.1], profiles: [projectcalico-default-allow]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: front}, ports: [{port: 80, targetPort: web}]}
`);
  expect(cluster.networkSets[0]).toMatchObject({ name: 'partners', domains: ['example.com'] });
  expect(cluster.tiers).toEqual([{ name: 'security', order: 5, defaultAction: 'pass' }]);
  expect(peers[0]?.endpoint).toMatchObject({ kind: 'host', node: 'node-1', isAllowedByProfile: true });
  expect(cluster.services[0]?.ports).toEqual([{ protocol: 'tcp', target: 'web' }]);
});

const deny = '  podSelector: {matchLabels: {app: back}}';

it.each([
  ['nothing', '', 'allowed'],
  ['a policy without rules', kubernetes(deny), 'denied'],
  ['an empty rule', kubernetes(`${deny}\n  ingress: [{}]`), 'allowed'],
  ['its own namespace', kubernetes(`${deny}\n  ingress: [{from: [{podSelector: {}}]}]`), 'allowed'],
  ['a named port', kubernetes(`${deny}\n  ingress: [{ports: [{port: web}]}]`), 'allowed'],
  ['a range that misses', kubernetes(`${deny}\n  ingress: [{ports: [{port: 1, endPort: 80}]}]`), 'denied'],
  [
    'every namespace but none of its pods',
    kubernetes(
      `${deny}\n  ingress: [{from: [{namespaceSelector: {}, podSelector: {matchLabels: {app: x}}}]}]`,
    ),
    'denied',
  ],
  [
    'an operator that excludes',
    kubernetes(
      `${deny}\n  ingress: [{from: [{podSelector: {matchExpressions: [{key: app, operator: NotIn, values: [front]}]}}]}]`,
    ),
    'denied',
  ],
  [
    'an administrator that denies',
    `${admin(
      'ClusterNetworkPolicy',
      'v1alpha2',
      '  {tier: Admin, priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{pods: {namespaceSelector: {}, podSelector: {matchLabels: {app: front}}}}], protocols: [{tcp: {destinationPort: {range: {start: 8000, end: 9000}}}}]}]}',
    )}`,
    'denied',
  ],
  [
    'an administrator that denies another port',
    `${admin(
      'AdminNetworkPolicy',
      'v1alpha1',
      '  {priority: 1, subject: {namespaces: {}}, ingress: [{action: Deny, from: [{namespaces: {}}], ports: [{portNumber: {protocol: TCP, port: 80}}]}]}',
    )}`,
    'allowed',
  ],
  [
    'Cilium where it selects',
    'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec: {endpointSelector: {matchLabels: {"k8s:app": back}}, ingress: [{}]}',
    'undecidable',
  ],
  [
    'Cilium where it does not select',
    'apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: p, namespace: shop}\nspec: {endpointSelector: {matchLabels: {app: other}}, ingress: [{}]}',
    'allowed',
  ],
] as const)('evaluates manifests: %s', (_title, text, expected) => {
  expect(verdict(text)).toBe(expected);
});

it.each([
  ['an unknown field of a rule', kubernetes(`${deny}\n  ingress: [{form: []}]`), 'spec.ingress[0].form', 6],
  [
    'a misspelt half of a selector',
    kubernetes(`${deny}\n  ingress: [{from: [{podSelector: {matchlabels: {}}}]}]`),
    'spec.ingress[0].from[0].podSelector.matchlabels',
    6,
  ],
  [
    'a port out of range',
    kubernetes(`${deny}\n  ingress: [{ports: [{port: 70000}]}]`),
    'spec.ingress[0].ports[0].port',
    6,
  ],
  [
    'a range that ends before it begins',
    kubernetes(`${deny}\n  ingress: [{ports: [{port: 80, endPort: 79}]}]`),
    'spec.ingress[0].ports[0].endPort',
    6,
  ],
  [
    'an except that is no part of its CIDR',
    kubernetes(
      `${deny}\n  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 11.0.0.0/8]}}]}]`,
    ),
    'spec.ingress[0].from[0].ipBlock.except[1]',
    6,
  ],
  [
    'an except as large as its CIDR',
    kubernetes(`${deny}\n  ingress: [{from: [{ipBlock: {cidr: 10.0.0.0/8, except: [10.0.0.0/8]}}]}]`),
    'spec.ingress[0].from[0].ipBlock.except[0]',
    6,
  ],
  ['an empty peer', kubernetes(`${deny}\n  ingress: [{from: [{}]}]`), 'spec.ingress[0].from[0]', 6],
  [
    'a selector with an error',
    calico(
      'NetworkPolicy',
      "  selector: app == 'back'\n  ingress:\n  - action: Allow\n    source: {selector: app = 'x'}",
    ),
    'spec.ingress[0].source.selector',
    8,
  ],
  [
    'an unknown action',
    calico('NetworkPolicy', "  selector: app == 'back'\n  ingress:\n  - action: allow"),
    'spec.ingress[0].action',
    7,
  ],
  [
    'ports without a protocol that has any',
    calico('NetworkPolicy', '  ingress:\n  - action: Allow\n    destination: {ports: [80]}'),
    'spec.ingress[0].protocol',
    6,
  ],
  [
    'a service beside a selector',
    calico(
      'NetworkPolicy',
      '  ingress:\n  - action: Allow\n    source: {services: {name: a}, selector: all()}',
    ),
    'spec.ingress[0].source.selector',
    7,
  ],
] as const)('refuses with the place, and leaves the answer open: %s', (_title, text, path, line) => {
  const errors = readCluster(text).problems.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ place }) => [place.path, place.line])).toEqual([[path, line]]);
  expect(verdict(text)).toBe('undecidable');
});

it('leaves open only the direction whose rules are wrong', () => {
  const text = kubernetes(
    '  podSelector: {}\n  policyTypes: [Ingress, Egress]\n  egress: [{}]\n  ingress: [{ports: [{port: 0}]}]',
  );
  expect(readCluster(text).cluster.unevaluated[0]?.types).toEqual(['ingress', 'egress']);
  const ingressOnly = kubernetes(
    '  podSelector: {}\n  policyTypes: [Ingress]\n  ingress: [{ports: [{port: 0}]}]',
  );
  expect(readCluster(ingressOnly).cluster.unevaluated[0]?.types).toEqual(['ingress']);
});

it('takes the later of two policies of one name, in both groups of Calico, and says so', () => {
  const one = calico('GlobalNetworkPolicy', '  order: 1').replace(', namespace: shop', '');
  const other = one
    .replace('projectcalico.org/v3', 'crd.projectcalico.org/v1')
    .replace('order: 1', 'order: 2');
  const { cluster, problems } = readCluster(`${one}\n---\n${other}\n---\n${other}`);
  expect(cluster.policies.map(({ order }) => order)).toEqual([2]);
  expect(problems.map(({ code }) => code)).toEqual(['duplicate-object', 'duplicate-object']);
});

it('warns of a tier that nobody defined, where the policy names it', () => {
  const { problems } = readCluster(calico('NetworkPolicy', '  selector: all()\n  tier: gone'));
  expect(problems.map(({ code, place }) => [code, place.line])).toEqual([['missing-tier', 6]]);
});

it('leaves everything open while a tier cannot be read', () => {
  const tier = calico('Tier', '  order: first').replace(', namespace: shop', '');
  expect(verdict(`${tier}\n---\n${kubernetes(deny)}`)).toBe('undecidable');
});

it('follows anchors and merges, and reads the other documents beside a broken one and a bomb', () => {
  const bomb = [
    'a0: &a0 [x,x,x,x,x,x,x,x,x,x]',
    ...Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(9)}*a${at}]`),
  ].join('\n');
  const merged = kubernetes(
    '  podSelector: &who {matchLabels: {app: back}}\n  ingress:\n  - from: [{podSelector: {<<: *who}}]',
  );
  const text = `${pods}${bomb}\n---\nkind: [\n---\n${merged}`;
  const reading = readCluster(text);
  expect(new Set(reading.problems.map(({ code }) => code))).toEqual(
    new Set(['alias-bomb', 'malformed-yaml', 'missing']),
  );
  expect(reading.cluster.policies).toHaveLength(1);
  expect(verdict(`${bomb}\n---\nkind: [\n---\n${merged}`)).toBe('denied');
});

it('reads 10,000 documents', () => {
  const text = Array.from({ length: 10_000 }, (_, at) =>
    kubernetes('  podSelector: {}').replace('name: p', `name: p-${at}`),
  ).join('\n---\n');
  expect(readCluster(text).cluster.policies).toHaveLength(10_000);
});

const host = (profiles: string) => `
apiVersion: projectcalico.org/v3
kind: HostEndpoint
metadata: {name: node-1, labels: {role: own}}
spec: {node: node-1, expectedIPs: [192.0.2.1], profiles: [${profiles}]}
---
apiVersion: projectcalico.org/v3
kind: Profile
metadata: {name: first}
spec:
  labelsToApply: {role: inherited, zone: a}
  ingress:
  - {action: Log}
  - {action: Allow, protocol: TCP, destination: {ports: [22]}}
  - {action: Pass, protocol: TCP, destination: {ports: [23]}}
---
apiVersion: crd.projectcalico.org/v1
kind: Profile
metadata: {name: second}
spec:
  ingress: [{action: Allow, protocol: TCP, destination: {ports: ['23:24']}}]
---
apiVersion: projectcalico.org/v3
kind: Profile
metadata: {name: broken}
spec: {ingress: [{action: allow}]}
`;

it.each([
  ['first', 22, 'allowed'],
  ['first', 24, 'denied'],
  ['first, second', 23, 'denied'],
  ['first, second', 24, 'allowed'],
  ['first, second', 25, 'denied'],
  ['first, projectcalico-default-allow', 23, 'denied'],
  ['first, projectcalico-default-allow', 25, 'allowed'],
  ['first, gone', 22, 'allowed'],
  ['first, gone', 25, 'undecidable'],
  ['broken', 22, 'undecidable'],
  ['', 22, 'denied'],
] as const)('evaluates the profiles of a host in their order: %s at port %i', (profiles, port, expected) => {
  const reading = readCluster(`${pods}${host(profiles)}`);
  const compiled = compile(reading.cluster, 'enforced-only');
  const source = peerIn(reading, 'shop/front[Pod]').endpoint;
  const destination = peerIn(reading, 'node-1[HostEndpoint]').endpoint;
  const flow = { source, destination, protocol: 'tcp', sourcePort: null, destinationPort: port };
  expect(evaluateFlow(compiled, flow).ingress.verdict).toBe(expected);
  const decided = createDecider(compiled).decide({ source, destination, protocol: 'tcp', port });
  expect(decided.ingress.verdict).toBe(expected);
});

it('lets hosts inherit the labels of their profiles, their own first, and none are sure with one unknown', () => {
  const labelsOf = (profiles: string) =>
    peerIn(readCluster(host(profiles)), 'node-1[HostEndpoint]').endpoint.labels;
  expect(labelsOf('first')).toMatchObject({
    known: new Map([
      ['role', 'own'],
      ['zone', 'a'],
    ]),
    isComplete: true,
  });
  expect(labelsOf('first, gone')?.isComplete).toBe(false);
  expect(labelsOf('projectcalico-default-allow')?.isComplete).toBe(true);
});

it('takes CIDRs and excepts that overlap each other for what they cover together', () => {
  const rule = (blocks: string) => readCluster(kubernetes(`${deny}\n  ingress: [{from: [${blocks}]}]`));
  const answers = (blocks: string, addresses: readonly string[]) => {
    const { cluster, problems } = rule(blocks);
    expect(problems).toEqual([]);
    const compiled = compile(cluster, 'enforced-only');
    const destination = peerIn(readCluster(pods), 'shop/back[Pod]').endpoint;
    return addresses.map(
      (address) =>
        evaluateFlow(compiled, {
          source: outsideEnd(parseCidr(address)),
          destination,
          protocol: 'tcp',
          sourcePort: null,
          destinationPort: 80,
        }).verdict,
    );
  };
  const overlapping = '{ipBlock: {cidr: 10.0.0.0/8, except: [10.1.0.0/16, 10.1.2.0/24, 10.1.0.0/16]}}';
  expect(answers(overlapping, ['10.0.0.1', '10.1.2.3', '11.0.0.1'])).toEqual(['allowed', 'denied', 'denied']);
  const covering = `${overlapping}, {ipBlock: {cidr: 10.1.2.0/23}}`;
  expect(answers(covering, ['10.1.2.3', '10.1.4.1', '10.1.2.0/22'])).toEqual([
    'allowed',
    'denied',
    'undecidable',
  ]);
});

it('does not fall back to the earlier of two policies of one name where the later one is wrong', () => {
  const allowing = kubernetes(`${deny}\n  ingress: [{}]`);
  expect(verdict(`${allowing}\n---\n${kubernetes(`${deny}\n  ingress: [{ports: [{port: 0}]}]`)}`)).toBe(
    'undecidable',
  );
});

it('evaluates a tier that nobody defined after all others', () => {
  const gone = calico(
    'NetworkPolicy',
    "  selector: app == 'back'\n  tier: gone\n  ingress: [{action: Deny}]",
    'gone',
  );
  expect(verdict(gone)).toBe('denied');
  expect(verdict(`${gone}\n---\n${kubernetes(`${deny}\n  ingress: [{}]`)}`)).toBe('allowed');
});

it('leaves untracked rules of hosts out, and the answers about those hosts open', () => {
  const text = calico(
    'GlobalNetworkPolicy',
    '  selector: has(role)\n  doNotTrack: true\n  applyOnForward: true\n  ingress: [{action: Allow}]',
  ).replace(', namespace: shop', '');
  const { cluster, problems } = readCluster(text);
  expect(problems.map(({ code, severity }) => [severity, code])).toEqual([
    ['warning', 'host-rules-not-evaluated'],
  ]);
  expect(cluster.policies).toEqual([]);
  expect(cluster.unevaluated[0]?.title).toContain('doNotTrack');
  expect(verdict(text)).toBe('allowed');
});
