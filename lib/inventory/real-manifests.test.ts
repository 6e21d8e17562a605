import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { InventoryObject } from './model.ts';
import { readManifests } from './read-manifests.ts';

/**
 * Real manifests beside the project (data/SOURCES.md there): applications, policies of documentations,
 * RBAC of several teams. What should be read is counted from the text by line, without any parser.
 */
const folder = join(process.cwd(), '../shared/data');
const hasData = existsSync(join(folder, 'rbac'));
if (!hasData) console.warn(`real-manifests.test.ts is skipped: there is no ${folder}`);

type Count = { [kind: string]: number };

const files = hasData ? ['apps', 'policies', 'rbac'].flatMap(filesIn) : [];

function filesIn(part: string) {
  return readdirSync(join(folder, part), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .map((name) => join(part, name))
    .sort()
    .map((file) => ({ file, text: readFileSync(join(folder, file), 'utf8') }));
}

/** Every document a file of its own, so that nothing is the same object twice. */
const documents = files.flatMap(({ file, text }) =>
  text.split(/^---.*$/m).map((part) => ({ file, text: part })),
);

function kindOf(object: InventoryObject): string {
  switch (object.type) {
    case 'namespace':
      return 'Namespace';
    case 'service':
      return 'Service';
    case 'service-account':
      return 'ServiceAccount';
    case 'role':
      return object.namespace === null ? 'ClusterRole' : 'Role';
    case 'role-binding':
      return object.namespace === null ? 'ClusterRoleBinding' : 'RoleBinding';
    case 'access-binding':
    case 'access-group':
    case 'cluster-identity':
      return object.type;
    default:
      return object.kind;
  }
}

function tally(kinds: readonly string[]): Count {
  const counts: Count = {};
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

function kindsByLine(text: string): readonly string[] {
  return [...text.matchAll(/^kind: *"?(\w+)/gm)].map(([, kind = '']) => kind);
}

type Refused = readonly [file: string, document: number, path: string, code: string, kind: string];

const docs = 'policies/calico-docs-extracted';
const namespace = 'metadata.namespace';
const gateway = 'networking_ingress_gateway_create_ingress_gateway.yaml';

/** Placeholders of a documentation such as `<namespace>`, and an `apiversion` without its capital letter. */
const refused: readonly Refused[] = [
  [`${docs}/calico_cloud_multicluster_kubeconfig.yaml`, 1, namespace, 'bad-name', 'Role'],
  [`${docs}/calico_cloud_multicluster_kubeconfig.yaml`, 2, namespace, 'bad-name', 'RoleBinding'],
  [`${docs}/calico_enterprise_${gateway}`, 1, namespace, 'bad-name', 'NetworkPolicy'],
  [`${docs}/calico_network_policy_policy_rules_log_rules.yaml`, 2, namespace, 'bad-name', 'NetworkPolicy'],
  [`${docs}/calico_${gateway}`, 1, namespace, 'bad-name', 'NetworkPolicy'],
  [`${docs}/use_cases_cluster_mesh.yaml`, 1, 'apiVersion', 'missing', 'NetworkPolicy'],
];

/** Kinds that say nothing about namespaces, workloads, rights or policies. */
const kindsNotRead = [
  'ClusterPolicy',
  'Component',
  'ConfigMap',
  'CustomResourceDefinition',
  'FulfillmentCenter',
  'Gateway',
  'GitRepository',
  'Kustomization',
  'NamespaceSelector',
  'OCIRepository',
  'Repo',
  'ResourceQuota',
  'VirtualService',
];

it.runIf(hasData)('reads every object of every kind, or says where it is wrong', () => {
  const read = documents.map(({ file, text }) => readManifests([{ file, text }]));
  const seen = read.flatMap(({ objects, notRead }) => [
    ...objects.map(kindOf),
    ...notRead.map(({ kind }) => kind),
  ]);
  const expected = tally(files.flatMap(({ text }) => kindsByLine(text)));
  for (const [, , , , kind] of refused) expected[kind] = (expected[kind] ?? 0) - 1;
  expect(tally(seen)).toEqual(expected);
});

it.runIf(hasData)('passes over no kind that it should read', () => {
  const { notRead } = readManifests(files);
  expect([...new Set(notRead.map(({ kind }) => kind))].sort()).toEqual(kindsNotRead);
});

it.runIf(hasData)('refuses with the place, and loses nothing in between', () => {
  const errors: (readonly unknown[])[] = [];
  for (const { file, text } of files) {
    const { objects, notRead, problems } = readManifests([{ file, text }]);
    const wrong = problems.filter(({ severity }) => severity === 'error');
    const twice = problems.filter(({ code }) => code === 'duplicate-object');
    errors.push(...wrong.map(({ place, code }) => [place.file, place.document, place.path, code]));
    expect(objects.length + notRead.length + twice.length + wrong.length, file).toBe(
      kindsByLine(text).length,
    );
  }
  expect(errors).toEqual(refused.map((each) => each.slice(0, 4)));
});

it.runIf(hasData)('warns of no field of real manifests', () => {
  const warnings = documents
    .flatMap((document) => readManifests([document]).problems)
    .filter(({ severity }) => severity === 'warning');
  expect(warnings.map(({ code, place }) => [code, place.file, place.path])).toEqual([
    ['no-namespace-here', 'rbac/prow/webhook_server_rbac.yaml', 'metadata.namespace'],
    ['no-namespace-here', 'rbac/prow/webhook_server_rbac.yaml', 'metadata.namespace'],
  ]);
});

it.runIf(hasData)('stands on the line that it names', () => {
  for (const { file, text } of files) {
    const lines = text.split('\n');
    const { objects, notRead } = readManifests([{ file, text }]);
    for (const { name, place } of [...objects, ...notRead]) {
      const until = lines.findIndex((line, index) => index >= place.line && line.startsWith('---'));
      const written = lines.slice(place.line - 1, until === -1 ? undefined : until).join('\n');
      expect(lines[place.line - 1], `${file} line ${place.line}`).toMatch(/^(apiVersion|kind|metadata):/);
      if (name !== null) expect(written, `${file} line ${place.line}`).toContain(name);
    }
  }
});

it.runIf(hasData)('knows the ports and accounts of Online Boutique', () => {
  const { objects } = readManifests(files.filter(({ file }) => file === 'apps/online-boutique.yaml'));
  const frontend = objects.find(({ type, name }) => type === 'workload' && name === 'frontend');
  expect(frontend).toMatchObject({
    kind: 'Deployment',
    namespace: 'default',
    podLabels: { app: 'frontend' },
    serviceAccount: 'frontend',
    ports: [{ name: null, port: 8080, protocol: 'TCP' }],
  });
  const external = objects.find(({ type, name }) => type === 'service' && name === 'frontend-external');
  expect(external).toMatchObject({ serviceType: 'LoadBalancer', selector: { app: 'frontend' } });
});
