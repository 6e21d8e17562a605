import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readManifests } from '#lib/inventory/read-manifests.ts';
import { recordedAddress, recordedFlow, recordedWorkload } from '../../../test/flow-records.ts';
import { enforceStaged } from '../check/apply-draft.ts';
import { checkDraft } from '../check/check-draft.ts';
import { readPolicies } from '../parse/read-policies.ts';
import { policiesYaml } from './policy-yaml.ts';
import { recommend } from './recommend.ts';

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

it('denies nothing of what it learnt from, as YAML that reads without a word, of both kinds', () => {
  fc.assert(
    fc.property(fc.array(flow, { maxLength: 20 }), fc.constantFrom('calico', 'kubernetes'), (flows, kind) => {
      const { policies } = recommend(flows, { namespace: 'shop', minFlows: 1, kind });
      const { objects, problems } = readManifests([{ file: 'r.yaml', text: policiesYaml(policies, kind) }]);
      const reading = readPolicies(objects);
      expect([...problems, ...reading.problems]).toEqual([]);
      expect(reading.cluster.policies).toHaveLength(policies.length);
      const allowed = flows.filter(({ recorded }) => recorded.allowed > 0);
      const draft = enforceStaged(reading, new Set(['r.yaml']));
      expect(checkDraft(readPolicies([]), draft, allowed).newlyDenied).toEqual([]);
    }),
  );
});

it('lets in the peers and ports that were seen, and nobody else', () => {
  const [front, , back] = workloads.map(([title, labels]) => recordedWorkload(title, labels));
  if (front === undefined || back === undefined) throw new Error('no workloads');
  const seen = recordedFlow(front, back, 80);
  const { policies, notCovered } = recommend([seen], { namespace: 'shop', minFlows: 1, kind: 'calico' });
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
  });
  expect(notCovered[0]).toContain('fewer than asked for');
  expect(policies.find(({ name }) => name === 'back')?.ingress.map(({ ports }) => ports)).toEqual([[80]]);
});
