import { expect, it } from 'vitest';
import { lineOf } from '../lines.ts';
import { readManifests } from '../read-manifests.ts';

const text = `# policies
apiVersion: v1
kind: List
items:
- apiVersion: projectcalico.org/v3
  kind: NetworkPolicy
  metadata:
    name: default.allow
    namespace: shop
  spec:
    ingress:
    - action: Allow
      source:
        nets:
        - 10.0.0.0/8
        - &net 10.1.0.0/16
      destination: {nets: [*net]}
`;

function readPolicy() {
  const { objects, problems } = readManifests([{ file: 'a.yaml', text }]);
  const [policy] = objects;
  if (policy?.type !== 'policy') throw new Error(JSON.stringify(problems));
  return policy;
}

it('hands a policy on as it is written', () => {
  const { lines, ...policy } = readPolicy();
  expect(policy).toEqual({
    type: 'policy',
    apiVersion: 'projectcalico.org/v3',
    kind: 'NetworkPolicy',
    namespace: 'shop',
    name: 'default.allow',
    value: {
      apiVersion: 'projectcalico.org/v3',
      kind: 'NetworkPolicy',
      metadata: { name: 'default.allow', namespace: 'shop' },
      spec: {
        ingress: [
          {
            action: 'Allow',
            source: { nets: ['10.0.0.0/8', '10.1.0.0/16'] },
            destination: { nets: ['10.1.0.0/16'] },
          },
        ],
      },
    },
    place: { file: 'a.yaml', document: 1, line: 5, path: 'items[0]' },
  });
  expect(lines.size).toBe(16);
});

it.each([
  [['kind'], 6],
  [['spec', 'ingress', 0], 12],
  [['spec', 'ingress', 0, 'source', 'nets', 1], 16],
  [['spec', 'ingress', 0, 'destination', 'nets', 0], 17],
  // What is absent is where it would have to be added.
  [['spec', 'ingress', 0, 'source', 'ports', 3], 13],
  [['status'], 5],
] as const)('knows the line of %j', (path, line) => {
  const { lines, place } = readPolicy();
  expect(lineOf(lines, path, place.line)).toBe(line);
});

it.each([
  ['networking.k8s.io/v1', 'NetworkPolicy', 'default'],
  ['projectcalico.org/v3', 'StagedKubernetesNetworkPolicy', 'default'],
  ['crd.projectcalico.org/v1', 'GlobalNetworkPolicy', null],
  ['crd.projectcalico.org/v1', 'NetworkSet', 'default'],
  ['projectcalico.org/v3', 'Tier', null],
  ['policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy', null],
  ['policy.networking.k8s.io/v1alpha1', 'BaselineAdminNetworkPolicy', null],
  ['cilium.io/v2', 'CiliumNetworkPolicy', 'default'],
  ['cilium.io/v2', 'CiliumClusterwideNetworkPolicy', null],
])('recognises %s %s', (apiVersion, kind, namespace) => {
  const object = { apiVersion, kind, metadata: { name: 'a' }, spec: 'is for lib/policy to judge' };
  const { objects, problems } = readManifests([{ file: 'a.json', text: JSON.stringify(object) }]);
  expect(problems).toEqual([]);
  expect(objects).toMatchObject([{ type: 'policy', apiVersion, kind, namespace, name: 'a', value: object }]);
});

it.each([
  ['v1', 'NetworkPolicy'],
  ['example.com/v1', 'NetworkPolicy'],
  ['projectcalico.org/v3', 'constructor'],
  ['constructor/v1', 'name'],
])('does not take %s %s for a policy', (apiVersion, kind) => {
  const object = { apiVersion, kind, metadata: { name: 'a' } };
  const { objects, notRead } = readManifests([{ file: 'a.json', text: JSON.stringify(object) }]);
  expect([objects, notRead.map((each) => each.kind)]).toEqual([[], [kind]]);
});

it('warns of a namespace that a cluster policy cannot have', () => {
  const object = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'GlobalNetworkPolicy',
    metadata: { name: 'a', namespace: 'b' },
  };
  const { objects, problems } = readManifests([{ file: 'a.json', text: JSON.stringify(object) }]);
  expect(objects).toMatchObject([{ namespace: null }]);
  expect(problems.map(({ code, severity }) => [code, severity])).toEqual([['no-namespace-here', 'warning']]);
});
