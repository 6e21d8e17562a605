import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type ManifestReading, readManifests } from './read-manifests.ts';

/** One document of each kind of reader, with most of its fields, to be broken in every place. */
const sample = `# estate
apiVersion: v1
kind: Namespace
metadata: {name: shop, uid: "1", labels: {team: a}, annotations: {contact: a@example.com}}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: shop
  ownerReferences: [{apiVersion: v1, kind: App, name: web, controller: true}]
spec:
  template:
    metadata: &labels
      labels: {app: web, app.kubernetes.io/part-of: shop}
    spec:
      serviceAccountName: web
      hostNetwork: false
      containers:
      - name: web
        ports:
        - {name: http, containerPort: 8080, protocol: TCP}
---
apiVersion: v1
kind: List
items:
- apiVersion: v1
  kind: Service
  metadata: {name: web, namespace: shop}
  spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}], clusterIPs: [10.0.0.1]}
- {apiVersion: v1, kind: ServiceAccount, metadata: {name: web}}
- apiVersion: batch/v1
  kind: CronJob
  metadata: {name: tidy}
  spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a}]}}}}}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: readers}
rules:
- {apiGroups: [""], resources: [pods], verbs: [get, list]}
aggregationRule:
  clusterRoleSelectors:
  - matchExpressions: [{key: a, operator: In, values: [b]}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: {name: readers, namespace: shop}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: readers}
subjects:
- {kind: Group, name: dev}
- {kind: ServiceAccount, name: web}
---
apiVersion: projectcalico.org/v3
kind: NetworkPolicy
metadata: {name: default.a, namespace: shop}
spec:
  ingress:
  - <<: &rule {action: Allow}
    source: {nets: [10.0.0.0/8]}
  - *rule
`;

/** Where a reading breaks what it owes to any text: places inside it, and reasons that can be read. */
function faultsOf({ objects, problems, notRead }: ManifestReading, text: string): readonly unknown[] {
  const last = text.split('\n').length;
  const places = [...objects, ...problems, ...notRead].map(({ place }) => place);
  const policies = objects.filter((object) => object.type === 'policy');
  return [
    ...places.filter(({ file, document }) => file !== 'a.yaml' || document < 1),
    ...places.filter(({ line }) => !(line >= 1 && line <= last)),
    ...policies.filter(({ lines, place }) =>
      [...lines.values()].some((line) => line < place.line || line > last),
    ),
    ...problems.filter(({ message }) => /undefined|\[object|NaN/.test(message.replace(/".*"/s, ''))),
  ];
}

function read(text: string): ManifestReading {
  return readManifests([{ file: 'a.yaml', text }]);
}

it('reads the sample whole', () => {
  const { objects, problems, notRead } = read(sample);
  expect([problems, notRead]).toEqual([[], []]);
  expect(objects.map(({ name }) => name)).toEqual([
    'shop',
    'web',
    'web',
    'web',
    'tidy',
    'readers',
    'readers',
    'default.a',
  ]);
});

const snippet = fc.constantFrom(
  '---\n',
  '...\n',
  '{',
  '}',
  '[',
  ']',
  '"',
  "'",
  '\\',
  '&a ',
  '*a',
  '<<: ',
  '*labels',
  ': ',
  '- ',
  '\t',
  '\r\n',
  '\0',
  '\uFEFF',
  '? ',
  '!!binary ',
  '!x ',
  '|\n',
  '%YAML 1.2\n',
  '{{ .Values }}',
  'null',
  'yes',
  '-1',
  '1e999',
  '.nan',
  '#',
  ',',
);

it('answers a broken file with places, never with an exception', () => {
  const cut = fc.record({
    at: fc.nat(sample.length),
    length: fc.oneof(fc.constant(0), fc.nat(30)),
    put: fc.oneof(snippet, fc.string({ maxLength: 4 })),
  });
  fc.assert(
    fc.property(fc.array(cut, { minLength: 1, maxLength: 4 }), (cuts) => {
      let text = sample;
      for (const { at, length, put } of cuts) text = text.slice(0, at) + put + text.slice(at + length);
      expect(faultsOf(read(text), text)).toEqual([]);
    }),
  );
});

it('answers noise the same way', () => {
  const noise = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(snippet).map((parts) => parts.join('')),
  );
  fc.assert(
    fc.property(noise, (text) => {
      expect(faultsOf(read(text), text)).toEqual([]);
    }),
  );
});

/** Where each value of a JSON object is: the way to it, without the object itself. */
function pathsIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  const entries = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return entries.flatMap(([key, item]) => {
    const step = Array.isArray(value) ? Number(key) : key;
    return [[...path, step], ...pathsIn(item, [...path, step])];
  });
}

function replaced(value: unknown, path: readonly (string | number)[], by: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return by;
  if (Array.isArray(value)) {
    return value.map((item, index) => (index === step ? replaced(item, rest, by) : item));
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, key === step ? replaced(item, rest, by) : item]),
  );
}

const binding = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  metadata: { name: 'readers', namespace: 'shop' },
  roleRef: { kind: 'Role', name: 'readers' },
  subjects: [{ kind: 'User', name: 'ada' }],
};

it('keeps out what has a wrong type anywhere, and says where', () => {
  const wrong = fc.constantFrom<unknown>(7, true, 1.5, [[]], [7]);
  fc.assert(
    fc.property(fc.constantFrom(...pathsIn(binding)), wrong, (path, by) => {
      const text = JSON.stringify(replaced(binding, path, by), null, 2);
      const reading = read(text);
      expect(faultsOf(reading, text)).toEqual([]);
      expect(reading.objects).toEqual([]);
      const places = reading.problems.map(({ place }) => place.path);
      const [first] = path;
      expect(places.some((place) => place.startsWith(String(first)))).toBe(true);
    }),
  );
});
