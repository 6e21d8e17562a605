import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readManifests } from './read-manifests.ts';
import { canonicalText, fromDocument, toDocument } from './stored.ts';

const text = `
apiVersion: v1
kind: Namespace
metadata: {name: shop, uid: u1, labels: {constructor: x}, annotations: {owner: red}}
---
apiVersion: v1
kind: Pod
metadata: {name: cart-0, namespace: shop, labels: {app: cart}}
spec: {nodeName: n1, containers: [{ports: [{containerPort: 80, name: http}]}]}
status: {phase: Running, hostIP: 192.0.2.1, podIP: 10.0.0.1, startTime: "2026-05-01T00:00:00Z"}
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {clusterIP: 10.96.0.1, selector: {app: cart}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: cart, namespace: shop}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: view}
aggregationRule: {clusterRoleSelectors: [{matchLabels: {aggregate: "true"}}]}
rules: []
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: red, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{kind: Group, name: red, apiGroup: rbac.authorization.k8s.io}]
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: cart, namespace: shop, labels: {a: b}}
spec: {tier: default, selector: "app == 'cart'"}
`;

/** As Postgres hands a document out. */
function stored(document: unknown): unknown {
  return JSON.parse(canonicalText(document));
}

it('gives back what was read, the lines of a policy aside', () => {
  const { objects, identified } = readManifests([{ file: 'a.yaml', text }]);
  expect(objects.map(({ type }) => type)).toEqual([
    'namespace',
    'workload',
    'service',
    'service-account',
    'role',
    'role-binding',
    'policy',
  ]);
  const again = identified.map(({ object, uid }) =>
    fromDocument(stored(toDocument(object)), { uid, place: object.place }),
  );
  expect(again).toEqual(
    objects.map((object) => (object.type === 'policy' ? { ...object, lines: new Map() } : object)),
  );
  const [namespace] = again;
  expect(namespace?.type === 'namespace' && namespace.labels.toString).toBeUndefined();
});

it('keeps nothing of a policy that the cluster stamped', () => {
  const policy = (metadata: object, more: object = {}) => {
    const value = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'Tier',
      metadata: { name: 't', ...metadata },
      spec: {},
      ...more,
    };
    const { objects } = readManifests([{ file: 'a.json', text: JSON.stringify(value) }]);
    return objects.map((object) => canonicalText(toDocument(object)));
  };
  const last = { 'kubectl.kubernetes.io/last-applied-configuration': '{}' };
  const stamps = {
    uid: 'u',
    resourceVersion: '7',
    generation: 2,
    creationTimestamp: '2026-05-01T00:00:00Z',
    managedFields: [],
  };
  expect(policy({ ...stamps, annotations: last }, { status: { seen: 1 } })).toEqual(policy({}));
  expect(policy({ annotations: { mine: 'x' } })).not.toEqual(policy({}));
});

it('writes the same text for the same content in whatever order', () => {
  const shuffled = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(shuffled);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inside]) => [key, shuffled(inside)]),
    );
  };
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalText(shuffled(value))).toBe(canonicalText(value));
      expect(JSON.parse(canonicalText(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});

it.each([[null], [{}], [{ type: 'cronjob' }]])('does not take %j for an object', (document) => {
  const beside = { uid: null, place: { file: 'a', document: 1, line: 1, path: '' } };
  expect(() => fromDocument(document, beside)).toThrow('does not know');
});
