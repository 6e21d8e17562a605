import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { recordedAddress, recordedFlow, recordedWorkload } from '../../../test/flow-records.ts';
import { range } from '../../../test/policy-literals.ts';
import { enforceStaged } from '../check/apply-draft.ts';
import { checkDraft } from '../check/check-draft.ts';
import { completeLabels } from '../labels.ts';
import type { NetworkSet } from '../model.ts';
import { readPolicies } from '../parse/read-policies.ts';
import { policiesYaml } from './policy-yaml.ts';
import { recommend } from './recommend.ts';
import { tryRecommendation } from './try-recommendation.ts';

const workloads = [
  ['shop/front', ['app=front', 'tier=web']],
  ['shop/front-canary', ['app=front', 'tier=web', 'track=canary']],
  ['shop/back', ['app=back', 'tier=web']],
  ['shop/nameless', null],
  ['bank/vault', ['app=front']],
  ['bank/yes', ['app=yes', "odd.example.com/key=a'b"]],
] as const;

const end = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(...workloads).map(([title, labels]) => recordedWorkload(title, labels)),
  },
  { weight: 1, arbitrary: fc.nat(12).map((last) => recordedAddress(`203.0.113.${last}`)) },
  { weight: 1, arbitrary: fc.nat(12).map((last) => recordedAddress(`192.0.${last}.1`)) },
);
const flow = fc
  .record({
    client: end,
    server: end,
    port: fc.constantFrom(53, 80, 443),
    protocol: fc.constantFrom('tcp', 'udp'),
    isAllowed: fc.boolean(),
  })
  .filter(({ client, server }) => client !== server)
  .map(({ client, server, port, protocol, isAllowed }) =>
    recordedFlow(client, server, port, {
      protocol,
      recorded: { allowed: isAllowed ? 1 : 0, denied: isAllowed ? 0 : 1, dropped: 0 },
    }),
  );

const networkSet = fc
  .record({
    namespace: fc.constantFrom('', 'shop', 'bank'),
    labels: fc.dictionary(fc.constantFrom('set', 'app', 'tier'), fc.constantFrom('a', 'front', 'web')),
    nets: fc.subarray(['203.0.113.0/24', '203.0.113.4/30', '192.0.0.0/16', '10.0.0.0/8'], { minLength: 1 }),
  })
  .map(({ labels, nets, namespace }) => setOf(namespace, labels, nets));

function setOf(
  namespace: string,
  labels: Readonly<Record<string, string>>,
  nets: readonly string[],
): NetworkSet {
  const name = `${JSON.stringify(labels)} ${nets.join()}`;
  return {
    namespace,
    name,
    labels: completeLabels(Object.entries(labels)),
    nets: nets.map(range),
    domains: [],
  };
}

it('denies nothing of what it learnt from, as YAML that reads without a word, of both kinds', () => {
  fc.assert(
    fc.property(
      fc.array(flow, { maxLength: 20 }),
      fc.constantFrom('calico', 'kubernetes'),
      fc.array(networkSet, { maxLength: 3 }),
      (flows, kind, networkSets) => {
        const options = { namespace: 'shop', minFlows: 1, kind, networkSets };
        const { policies } = recommend(flows, options);
        const { objects, problems } = readManifests([{ file: 'r.yaml', text: policiesYaml(policies, kind) }]);
        const reading = readPolicies(objects);
        expect([...problems, ...reading.problems]).toEqual([]);
        expect(reading.cluster.policies).toHaveLength(policies.length);
        expect(tryRecommendation(flows, options).wouldDeny).toEqual([]);
      },
    ),
  );
});

it('lets in the peers and ports that were seen, and nobody else', () => {
  const [front, , back] = workloads.map(([title, labels]) => recordedWorkload(title, labels));
  if (front === undefined || back === undefined) throw new Error('no workloads');
  const seen = recordedFlow(front, back, 80);
  const { policies, notCovered } = recommend([seen], {
    namespace: 'shop',
    minFlows: 1,
    kind: 'calico',
    networkSets: [],
  });
  expect(notCovered).toEqual([]);
  const { objects } = readManifests([{ file: 'r.yaml', text: policiesYaml(policies, 'calico') }]);
  const draft = enforceStaged(readPolicies(objects), new Set(['r.yaml']));
  const others = [
    recordedFlow(front, back, 443),
    recordedFlow(back, front, 80),
    recordedFlow(recordedAddress('192.0.2.1'), back, 80),
  ];
  const { newlyDenied } = checkDraft(readPolicies([]), draft, [seen, ...others]);
  expect(newlyDenied).toHaveLength(3);
});

it('leaves out rare connections where it is asked to, and says so', () => {
  const [front, , back] = workloads.map(([title, labels]) => recordedWorkload(title, labels));
  if (front === undefined || back === undefined) throw new Error('no workloads');
  const many = recordedFlow(front, back, 80, { flows: 50 });
  const { notCovered, policies } = recommend([many, recordedFlow(front, back, 443)], {
    namespace: 'shop',
    minFlows: 5,
    kind: 'calico',
    networkSets: [],
  });
  expect(notCovered[0]).toContain('fewer than asked for');
  expect(policies.find(({ name }) => name === 'back')?.ingress.map(({ ports }) => ports)).toEqual([[80]]);
});

it('names the narrowest network set that covers an address, and what that leaves open', () => {
  const front = recordedWorkload('shop/front', ['app=front']);
  const flows = [
    recordedFlow(front, recordedAddress('203.0.113.5'), 443),
    recordedFlow(front, recordedAddress('203.0.113.200'), 443),
    recordedFlow(front, recordedAddress('198.51.100.1'), 443),
    recordedFlow(front, { ...recordedAddress(''), kind: 'networkset', name: 'named', address: null }, 5432),
  ];
  const named = { ...setOf('', { set: 'named' }, ['10.1.0.0/16']), name: 'named' };
  const networkSets = [
    named,
    setOf('', { set: 'wide' }, ['203.0.113.0/24']),
    setOf('', { set: 'narrow' }, ['203.0.113.4/30']),
    // These labels are a workload's too, and those of another namespace are out of reach.
    setOf('shop', { app: 'front' }, ['203.0.113.5/32']),
    setOf('bank', { set: 'theirs' }, ['203.0.113.5/32']),
  ];
  const options = { namespace: 'shop', minFlows: 1, kind: 'calico', networkSets } as const;
  const { yaml, leftOpen, notCovered, wouldDeny, undecidable, kept } = tryRecommendation(flows, options);
  for (const set of ['named', 'wide', 'narrow']) expect(yaml).toContain(`selector: set == '${set}'\n`);
  expect(yaml).toMatch(/nets:\n +- 198\.51\.100\.1\/32\n/);
  expect(yaml).not.toContain('theirs');
  expect(yaml.match(/namespaceSelector: global\(\)\n/g)).toHaveLength(3);
  expect(leftOpen).toContain('front egress: all of network set named, for 0 addresses that were seen');
  expect({ notCovered, wouldDeny, undecidable, kept }).toEqual({
    notCovered: [],
    wouldDeny: [],
    undecidable: [],
    kept: 4,
  });
  const kubernetes = tryRecommendation(flows, { ...options, kind: 'kubernetes' });
  expect(kubernetes.yaml).not.toContain('set');
  expect(kubernetes.notCovered).toHaveLength(1);
});
