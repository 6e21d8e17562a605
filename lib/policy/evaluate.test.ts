import { expect, it } from 'vitest';
import { cluster, network, type PolicyLiteral, policy, range, workload } from '../../test/policy-literals.ts';
import { compile } from './compile.ts';
import { type DirectionAnswer, evaluateFlow, type FlowAnswer } from './evaluate.ts';
import { completeLabels, partialLabels } from './labels.ts';
import type { Cluster, Endpoint, Flow, StagedMode, Tier } from './model.ts';

function decidedBy({ hits }: DirectionAnswer): string {
  const last = hits.at(-1)?.decision;
  if (last === undefined) return 'nothing';
  if (last.kind === 'rule') return `${last.policy.name} rule ${last.ruleIndex}`;
  if (last.kind === 'end-of-tier') return `end of ${last.tier} by ${last.trigger.name}`;
  return last.kind;
}

function evaluate(
  parts: Partial<Cluster>,
  source: Endpoint,
  destination: Endpoint,
  rest: Partial<Flow> & { readonly mode?: StagedMode } = {},
): FlowAnswer {
  const { mode = 'enforced-only', ...given } = rest;
  const flow: Flow = {
    source,
    destination,
    protocol: 'tcp',
    sourcePort: null,
    destinationPort: 443,
    ...given,
  };
  return evaluateFlow(compile(cluster(parts), mode), flow);
}

const pci = workload('shop/card', { pci: 'true' }, { addresses: [range('10.0.0.2')] });
const otherPci = workload('bank/vault', { pci: 'true' }, { addresses: [range('10.0.0.3')] });
const front = workload('shop/front', { pci: 'false' });
const dns = workload('kube-system/kube-dns', { 'k8s-app': 'kube-dns' }, { addresses: [range('10.0.0.4')] });
const outside = network('203.0.113.7');

const security: Tier = { name: 'security', order: 100, defaultAction: 'deny' };
const restrict = policy({
  tier: 'security',
  name: 'security.pci-restrict',
  order: 1,
  selector: 'pci == "true"',
  ingress: [
    { action: 'allow', source: { selector: 'pci == "true"' } },
    { action: 'deny', source: { selector: 'pci != "true"' } },
  ],
  egress: [
    { action: 'allow', destination: { selector: 'pci == "true"' } },
    { action: 'deny', destination: { selector: 'pci != "true"' } },
  ],
});

it.each([
  ['pci → pci', pci, otherPci, 'allowed', 'security.pci-restrict rule 0', 'security.pci-restrict rule 0'],
  ['pci → other', pci, front, 'denied', 'security.pci-restrict rule 1', 'profile'],
  ['pci → kube-dns', pci, dns, 'denied', 'security.pci-restrict rule 1', 'profile'],
  ['other → pci', front, pci, 'denied', 'profile', 'security.pci-restrict rule 1'],
  ['address → pci', outside, pci, 'denied', 'exception', 'end of security by security.pci-restrict'],
  ['pci → address', pci, outside, 'denied', 'end of security by security.pci-restrict', 'exception'],
  ['other → other', front, dns, 'allowed', 'profile', 'profile'],
] as const)('PCI isolation: %s', (_title, source, destination, verdict, egress, ingress) => {
  const answer = evaluate({ tiers: [security], policies: [restrict] }, source, destination);
  expect([answer.verdict, decidedBy(answer.egress), decidedBy(answer.ingress)]).toEqual([
    verdict,
    egress,
    ingress,
  ]);
});

/** Ingress policies that select everything, written from first to last. */
function ingressOf(
  policies: readonly PolicyLiteral[],
  mode: StagedMode = 'enforced-only',
  tiers: Tier[] = [],
) {
  const parts = { tiers, policies: policies.map((one) => policy({ types: ['ingress'], ...one })) };
  return evaluate(parts, front, pci, { mode }).ingress;
}

const allow = { ingress: [{ action: 'allow' }] } as const;
const deny = { ingress: [{ action: 'deny' }] } as const;
const pass = { ingress: [{ action: 'pass' }] } as const;
const log = { ingress: [{ action: 'log' }] } as const;
const early: Tier = { name: 'early', order: 5, defaultAction: 'deny' };
const passing: Tier = { name: 'passing', order: 6, defaultAction: 'pass' };

it.each<[string, readonly PolicyLiteral[], string, string]>([
  ['no policy', [], 'allowed', 'profile'],
  ['no rule: the end of the tier', [{ name: 'a' }], 'denied', 'end of default by a'],
  [
    'lower order first',
    [
      { name: 'a', order: 2, ...deny },
      { name: 'b', order: 1, ...allow },
    ],
    'allowed',
    'b rule 0',
  ],
  [
    'no order last',
    [
      { name: 'a', ...deny },
      { name: 'b', order: 1e9, ...allow },
    ],
    'allowed',
    'b rule 0',
  ],
  [
    'ties by name',
    [
      { name: 'b', ...deny },
      { name: 'a', ...allow },
    ],
    'allowed',
    'a rule 0',
  ],
  [
    'log goes on',
    [
      { name: 'a', ...log },
      { name: 'b', ...allow },
    ],
    'allowed',
    'b rule 0',
  ],
  ['log alone is no match', [{ name: 'a', ...log }], 'denied', 'end of default by a'],
  [
    'tiers by order',
    [
      { name: 'a', ...deny },
      { name: 'b', tier: 'early', ...allow },
    ],
    'allowed',
    'b rule 0',
  ],
  [
    'pass leaves the tier',
    [
      { name: 'a', tier: 'early', ...pass },
      { name: 'b', tier: 'early', ...deny },
      { name: 'c', ...allow },
    ],
    'allowed',
    'c rule 0',
  ],
  ['pass out of the last tier', [{ name: 'a', ...pass }], 'allowed', 'profile'],
  [
    'end of a passing tier',
    [
      { name: 'a', tier: 'passing' },
      { name: 'b', ...deny },
    ],
    'denied',
    'b rule 0',
  ],
  [
    'a missing tier is last, and denies',
    [
      { name: 'a', tier: 'nowhere' },
      { name: 'b', ...pass },
    ],
    'denied',
    'end of nowhere by a',
  ],
  ['staged policies count for nothing', [{ name: 'a', stagedAction: 'set', ...deny }], 'allowed', 'profile'],
  [
    'a rule that does not match',
    [{ name: 'a', ingress: [{ action: 'allow', protocol: 'udp' }, { action: 'deny' }] }],
    'denied',
    'a rule 1',
  ],
])('ingress: %s', (_title, policies, verdict, by) => {
  const answer = ingressOf(policies, 'enforced-only', [early, passing]);
  expect([answer.verdict, decidedBy(answer)]).toEqual([verdict, by]);
});

it.each<[string, readonly PolicyLiteral[], string, string]>([
  [
    'in its place',
    [
      { name: 'a', stagedAction: 'set', ...deny },
      { name: 'b', ...allow },
    ],
    'denied',
    'a rule 0',
  ],
  ['learned like set', [{ name: 'a', stagedAction: 'learn', ...deny }], 'denied', 'a rule 0'],
  ['ignored like set', [{ name: 'a', stagedAction: 'ignore', ...deny }], 'denied', 'a rule 0'],
  [
    'a deletion not at all',
    [
      { name: 'a', stagedAction: 'delete', ...deny },
      { name: 'b', ...allow },
    ],
    'allowed',
    'b rule 0',
  ],
])('staged as enforced: %s', (_title, policies, verdict, by) => {
  const answer = ingressOf(policies, 'staged-as-enforced');
  expect([answer.verdict, decidedBy(answer)]).toEqual([verdict, by]);
});

it('names the policies that selected and did not match', () => {
  const never = { ingress: [{ action: 'deny', protocol: 'udp' }] } as const;
  const answer = ingressOf([
    { name: 'a', ...never },
    { name: 'b', ...allow },
  ]);
  expect(answer.unmatched.map(({ policy: { name } }) => name)).toEqual(['a']);
});

const someone = { ...front, labels: partialLabels([]) };

it('is undecidable where a label may have been lost, and says which', () => {
  const answer = evaluate({ policies: [restrict], tiers: [security] }, someone, pci);
  expect(answer).toMatchObject({ verdict: 'undecidable', missing: ['label pci of the source'] });
});

it('takes the labels of a workload that nobody knows for unknown, not for none', () => {
  const answer = evaluate({ policies: [restrict], tiers: [security] }, front, { ...pci, labels: null });
  expect(answer.ingress.verdict).toBe('undecidable');
});

it('gives up on crafted policies, and says so', () => {
  const crafted = Array.from({ length: 14 }, (_, index) => `(has(l${index}) || !has(l${index}))`).join(
    ' && ',
  );
  const policies = [
    policy({ name: 'a', types: ['ingress'], ingress: [{ action: 'allow', source: { selector: crafted } }] }),
  ];
  expect(evaluate({ policies }, someone, pci)).toMatchObject({
    verdict: 'undecidable',
    missing: expect.arrayContaining(['too many ways in which what is missing may be']),
  });
});

it('is decided where every completion agrees', () => {
  const policies = [
    policy({
      name: 'a',
      ingress: [{ action: 'allow', source: { selector: 'x == "1"' } }],
      types: ['ingress'],
    }),
    policy({
      name: 'b',
      ingress: [{ action: 'allow', source: { selector: 'x != "1"' } }],
      types: ['ingress'],
    }),
  ];
  expect(evaluate({ policies }, someone, pci).verdict).toBe('allowed');
});

it('is decided where both directions hang on one unknown in opposite ways', () => {
  const policies = [
    policy({ name: 'a', selector: 'has(x)', types: ['egress'] }),
    policy({ name: 'b', types: ['ingress'], ingress: [{ action: 'allow', source: { selector: 'has(x)' } }] }),
  ];
  const answer = evaluate({ policies }, someone, pci);
  expect([answer.egress.verdict, answer.ingress.verdict, answer.verdict]).toEqual([
    'undecidable',
    'undecidable',
    'denied',
  ]);
});

function ruled(
  source: PolicyLiteral['ingress'],
  parts: Partial<Cluster>,
  from: Endpoint,
  flow: Partial<Flow> = {},
) {
  const policies = [policy({ name: 'a', types: ['ingress'], ingress: source })];
  return evaluate({ ...parts, policies }, from, pci, flow).verdict;
}

const office = {
  namespace: '',
  name: 'office',
  labels: completeLabels([['role', 'office']]),
  nets: [range('203.0.113.0/24')],
  domains: [],
};
const nowhere: Endpoint = { ...outside, addresses: null };

it.each([
  ['a set that holds the address', { selector: 'role == "office"' }, outside, 'allowed'],
  ['a set that does not', { selector: 'role == "office"' }, network('198.51.100.1'), 'denied'],
  ['an unknown address', { selector: 'role == "office"' }, nowhere, 'undecidable'],
  [
    'a set by name',
    { selector: 'role == "office"' },
    { ...outside, kind: 'networkset', addresses: office.nets },
    'allowed',
  ],
  ['all() is no stranger', { selector: 'all()' }, network('198.51.100.1'), 'denied'],
  ['notSelector is every stranger', { notSelector: 'role == "office"' }, network('198.51.100.1'), 'allowed'],
  ['nets', { nets: ['203.0.113.0/24', '192.0.2.0/24'] }, outside, 'allowed'],
  ['notNets', { notNets: ['203.0.113.0/24'] }, outside, 'denied'],
  [
    'a net without its ends',
    { nets: ['10.0.0.0/24'], notNets: ['10.0.0.0', '10.0.0.255'] },
    nowhere,
    'undecidable',
  ],
  [
    'a net without itself',
    { nets: ['10.0.0.0/30'], notNets: ['10.0.0.0/31', '10.0.0.2/31'] },
    nowhere,
    'denied',
  ],
  ['the version of the other end', { nets: ['0.0.0.0/0'] }, nowhere, 'allowed'],
  ['the version that the other end has not', { nets: ['::/0'] }, nowhere, 'denied'],
  ['nets of an unknown address', { nets: ['0.0.0.0/0', '::/0'] }, nowhere, 'allowed'],
  [
    'selector and nets together',
    { selector: 'role == "office"', nets: ['203.0.113.128/25'] },
    outside,
    'denied',
  ],
  ['an end that may be anything', { selector: 'all()' }, { ...nowhere, kind: 'unknown' }, 'undecidable'],
] as const)('a source by address: %s', (_title, source, from, verdict) => {
  const answer = ruled([{ action: 'allow', source }], { networkSets: [office] }, from);
  expect(answer).toBe(verdict);
});

const web = [{ name: 'web', protocol: 'tcp', port: 8080 }];
const served = { ...pci, namedPorts: web };

it.each([
  ['in a range', [{ first: 8000, last: 9000 }], { destinationPort: 8080 }, 'allowed'],
  ['out of a range', [{ first: 8000, last: 8079 }], { destinationPort: 8080 }, 'denied'],
  ['by name', [{ name: 'web' }], { destinationPort: 8080 }, 'allowed'],
  ['by name with another protocol', [{ name: 'web' }], { destinationPort: 8080, protocol: 'udp' }, 'denied'],
  ['by a name that nobody declares', [{ name: 'api' }], { destinationPort: 8080 }, 'denied'],
  ['by number or name', [{ first: 1, last: 1 }, { name: 'web' }], { destinationPort: 8080 }, 'allowed'],
  ['unknown', [{ first: 1, last: 1 }], { destinationPort: null }, 'undecidable'],
  [
    'unknown, but any will do',
    [
      { first: 0, last: 80 },
      { first: 81, last: 65_535 },
    ],
    { destinationPort: null },
    'allowed',
  ],
] as const)('a port %s', (_title, ports, flow, verdict) => {
  const policies = [
    policy({ name: 'a', types: ['ingress'], ingress: [{ action: 'allow', destination: { ports } }] }),
  ];
  expect(evaluate({ policies }, front, served, flow).verdict).toBe(verdict);
});

it.each([
  ['its backends and ports', served, 8080, 'allowed'],
  ['another port', served, 443, 'denied'],
  ['no backend', { ...served, labels: completeLabels([]) }, 8080, 'denied'],
] as const)('a service on egress is %s', (_title, destination, destinationPort, verdict) => {
  const selector = restrict.subject;
  const services = [
    { namespace: 'shop', name: 'cards', selector, ports: [{ protocol: 'tcp', target: 'web' }] },
  ];
  const rules = [
    { action: 'allow', destination: { service: { namespace: 'shop', name: 'cards' } } },
  ] as const;
  const policies = [policy({ name: 'a', types: ['egress'], egress: rules })];
  expect(evaluate({ policies, services }, front, destination, { destinationPort }).egress.verdict).toBe(
    verdict,
  );
});

const host: Endpoint = { ...outside, kind: 'host', name: 'node-1', node: 'node-1' };

it.each([
  ['its own pods', host, 'allowed'],
  ['those of another node', { ...host, node: 'node-2' }, 'denied'],
  ['pods of an unknown node', { ...host, node: null }, 'undecidable'],
] as const)('a host reaches %s', (_title, from, verdict) => {
  expect(ruled([], {}, from)).toBe(verdict);
});

it.each([
  ['itself', 'card-1', 'allowed'],
  ['another pod of its workload', 'card-2', 'denied'],
  ['a pod that may be itself', null, 'undecidable'],
] as const)('a pod reaches %s', (_title, pod, verdict) => {
  expect(ruled([], {}, { ...pci, pod })).toBe(verdict);
});

it.each([
  [{ ipVersion: 4 }, {}, 'allowed'],
  [{ ipVersion: 6 }, {}, 'denied'],
  [{ notProtocol: 'tcp' }, {}, 'denied'],
  [{ notProtocol: 'tcp' }, { protocol: null }, 'undecidable'],
  [{ icmp: { type: 8, code: 0 } }, {}, 'undecidable'],
  [{ notIcmp: { type: 8, code: null } }, {}, 'undecidable'],
  [{ asksForHttp: true }, {}, 'undecidable'],
  [{ protocol: 'udp', asksForHttp: true }, {}, 'denied'],
  [{ source: { domains: ['*.example.com'] } }, {}, 'undecidable'],
  [{ source: { ports: [{ first: 1, last: 1024 }] } }, {}, 'undecidable'],
  [{ source: { ports: [{ first: 1, last: 1024 }] } }, { sourcePort: 80 }, 'allowed'],
] as const)('a rule with %j and a flow with %j is %s', (rule, flow, verdict) => {
  expect(ruled([{ action: 'allow', ...rule }], {}, front, flow)).toBe(verdict);
});

it('never selects a host-networked pod by its labels', () => {
  const rule = [{ action: 'allow', source: { selector: 'all()' } }] as const;
  const from = { ...front, isHostNetworked: true, node: 'node-2' };
  expect(ruled(rule, {}, from)).toBe('denied');
});

it('leaves open what a policy that is not evaluated may say', () => {
  const unevaluated = [
    { title: 'CiliumNetworkPolicy shop/x', subject: restrict.subject, types: ['ingress' as const] },
  ];
  expect(evaluate({ unevaluated }, front, pci)).toMatchObject({
    verdict: 'undecidable',
    missing: ['CiliumNetworkPolicy shop/x not evaluated'],
  });
  expect(evaluate({ unevaluated }, pci, front).verdict).toBe('allowed');
});

it('knows the labels of namespaces, and that both ends share what is not known of theirs', () => {
  const rules = [{ action: 'allow', source: { namespaceSelector: 'env == "prod"' } }] as const;
  const policies = [
    policy({ name: 'a', namespaceSelector: 'env == "prod"', types: ['ingress'], ingress: rules }),
  ];
  const namespaces = new Map([['shop', completeLabels([['env', 'prod']])]]);
  expect(evaluate({ policies, namespaces }, front, pci).verdict).toBe('allowed');
  expect(evaluate({ policies, namespaces }, otherPci, pci).verdict).toBe('undecidable');
  // Whatever the labels of the namespace are: it is selected and allowed, or neither.
  expect(evaluate({ policies }, front, pci).verdict).toBe('allowed');
});
