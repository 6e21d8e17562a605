import { expect, it } from 'vitest';
import { readManifests } from '../read-manifests.ts';

const container = { name: 'web', image: 'web:1', ports: [{ name: 'http', containerPort: 8080 }] };
const template = { metadata: { labels: { app: 'web' } }, spec: { containers: [container] } };

function read(object: object) {
  const text = JSON.stringify(object);
  const { objects, problems } = readManifests([{ file: 'a.json', text }]);
  return { workload: objects[0], problems: problems.map(({ code, place }) => `${code} ${place.path}`) };
}

function deployment(spec: object, extra: object = {}) {
  const pods = { ...template, spec: { ...template.spec, ...spec } };
  return read({
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: 'web' },
    spec: { selector: {}, template: pods, ...extra },
  });
}

const spec = { template };
it.each([
  ['Deployment', 'apps/v1', spec],
  ['StatefulSet', 'apps/v1', spec],
  ['DaemonSet', 'apps/v1', spec],
  ['ReplicaSet', 'apps/v1', spec],
  ['ReplicationController', 'v1', spec],
  ['Job', 'batch/v1', spec],
  ['CronJob', 'batch/v1', { schedule: '@daily', jobTemplate: { spec } }],
  ['Pod', 'v1', template.spec],
])('reads the pods of a %s', (kind, apiVersion, own) => {
  const labels = kind === 'Pod' ? { app: 'web' } : { app: 'other' };
  expect(read({ apiVersion, kind, metadata: { name: 'web', namespace: 'shop', labels }, spec: own })).toEqual(
    {
      workload: {
        type: 'workload',
        kind,
        namespace: 'shop',
        name: 'web',
        podLabels: { app: 'web' },
        serviceAccount: 'default',
        hostNetwork: false,
        ports: [{ name: 'http', port: 8080, protocol: 'TCP' }],
        owner: null,
        place: { file: 'a.json', document: 1, line: 1, path: '' },
      },
      problems: [],
    },
  );
});

it('reads account, host network and the ports of sidecars, not of other init containers', () => {
  const initContainers = [
    { name: 'proxy', restartPolicy: 'Always', ports: [{ containerPort: 15_001, protocol: 'UDP' }] },
    { name: 'once', ports: [{ containerPort: 1 }] },
  ];
  expect(deployment({ serviceAccountName: 'web', hostNetwork: true, initContainers })).toMatchObject({
    workload: {
      serviceAccount: 'web',
      hostNetwork: true,
      ports: [
        { name: 'http', port: 8080, protocol: 'TCP' },
        { name: null, port: 15_001, protocol: 'UDP' },
      ],
    },
    problems: [],
  });
});

it('takes the account from its old field', () => {
  expect(deployment({ serviceAccount: 'old' })).toMatchObject({ workload: { serviceAccount: 'old' } });
});

it.each([
  [{ hostNetwork: 'true' }, 'wrong-type spec.template.spec.hostNetwork'],
  [{ containers: [] }, 'missing spec.template.spec.containers'],
  [{ containers: [null] }, 'wrong-type spec.template.spec.containers[0]'],
  [{ containers: {} }, 'wrong-type spec.template.spec.containers'],
  [{ serviceAccountName: 1 }, 'wrong-type spec.template.spec.serviceAccountName'],
])('refuses %j', (wrong, problem) => {
  const { workload, problems } = deployment(wrong);
  expect(workload).toBeUndefined();
  expect(problems).toContain(problem);
});

const ports = 'spec.template.spec.containers[0].ports';
it.each([
  [[{ containerPort: 80 }, { containerPort: '80' }], `bad-port ${ports}[1].containerPort`],
  [[{ containerPort: 65_536 }], `bad-port ${ports}[0].containerPort`],
  [[{ containerPort: 0 }], `bad-port ${ports}[0].containerPort`],
  [[{}], `bad-port ${ports}[0].containerPort`],
  [[{ containerPort: 80, protocol: 'tcp' }], `unknown-word ${ports}[0].protocol`],
  [[{ containerPort: 80, name: 'much-too-long-name' }], `bad-name ${ports}[0].name`],
  [[{ containerPort: 80, name: '80' }], `bad-name ${ports}[0].name`],
  [{ containerPort: 80 }, `wrong-type ${ports}`],
])('refuses the ports %j', (wrong, problem) => {
  expect(deployment({ containers: [{ ...container, ports: wrong }] })).toEqual({
    workload: undefined,
    problems: [problem],
  });
});

it('warns of fields that mean nothing, and reads the rest', () => {
  const { workload, problems } = deployment(
    { hostnetwork: true, containers: [{ ...container, port: 80 }] },
    { hostNetwork: true },
  );
  expect(workload).toMatchObject({ hostNetwork: false });
  expect(problems).toEqual([
    'unknown-field spec.hostNetwork',
    'unknown-field spec.template.spec.hostnetwork',
    'unknown-field spec.template.spec.containers[0].port',
  ]);
});

it.each([
  ['Deployment', 'apps/v1', {}, 'wrong-type spec.template'],
  ['CronJob', 'batch/v1', {}, 'wrong-type spec.jobTemplate'],
  ['CronJob', 'batch/v1', { jobTemplate: {} }, 'wrong-type spec.jobTemplate.spec'],
])('refuses a %s without pods', (kind, apiVersion, own, problem) => {
  expect(read({ apiVersion, kind, metadata: { name: 'web' }, spec: own })).toEqual({
    workload: undefined,
    problems: [problem],
  });
});

it('wants a name, and says why a generated one will not do', () => {
  const text = JSON.stringify({
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { generateName: 'job-' },
    spec,
  });
  const { objects, problems } = readManifests([{ file: 'a.json', text }]);
  expect(objects).toEqual([]);
  expect(problems.map(({ message }) => message)).toEqual([
    'metadata.name must be a name of a-z, 0-9, - and . (generateName makes a new object every time), but is absent',
  ]);
});

it('knows the owner that controls it, not the others', () => {
  const ownerReferences = [
    { apiVersion: 'v1', kind: 'ConfigMap', name: 'a', uid: '1' },
    { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-7d', uid: '2', controller: true },
  ];
  const pod = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web-7d-x', ownerReferences } };
  expect(read({ ...pod, spec: template.spec })).toMatchObject({
    workload: { owner: { kind: 'ReplicaSet', name: 'web-7d' } },
    problems: [],
  });
});
