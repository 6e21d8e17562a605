import { expect, it } from 'vitest';
import { createOwnerFold } from './fold-owners.ts';
import type { OwnerName, WorkloadKind, WorkloadManifest } from './model.ts';

function workload(
  kind: WorkloadKind,
  name: string,
  owner: OwnerName | null = null,
  podLabels: Readonly<Record<string, string>> = {},
): WorkloadManifest {
  const place = { file: 'a', document: 1, line: 1, path: '' };
  const rest = { namespace: 'shop', serviceAccount: 'default', hostNetwork: false, ports: [], place };
  return { type: 'workload', kind, name, owner, podLabels, ...rest };
}

const replicas = { kind: 'ReplicaSet', name: 'web-7d' };
const deployment = { kind: 'Deployment', name: 'web' };
const hash = { 'pod-template-hash': '7d' };

it.each<[string, WorkloadManifest, readonly WorkloadManifest[], OwnerName]>([
  ['stands by itself', workload('Pod', 'a'), [], { kind: 'Pod', name: 'a' }],
  [
    'a Pod of a ReplicaSet of a Deployment',
    workload('Pod', 'web-7d-x', replicas),
    [workload('ReplicaSet', 'web-7d', deployment), workload('Deployment', 'web')],
    deployment,
  ],
  [
    'the Deployment is not among them',
    workload('Pod', 'web-7d-x', replicas),
    [workload('ReplicaSet', 'web-7d', deployment)],
    deployment,
  ],
  ['the ReplicaSet neither, but its hash is', workload('Pod', 'web-7d-x', replicas, hash), [], deployment],
  ['a ReplicaSet of somebody else', workload('Pod', 'web-7d-x', replicas), [], replicas],
  [
    'a ReplicaSet with another hash',
    workload('Pod', 'x', replicas, { 'pod-template-hash': 'd' }),
    [],
    replicas,
  ],
  [
    'a Pod of a Job of a CronJob',
    workload('Pod', 'a-1-x', { kind: 'Job', name: 'a-1' }),
    [workload('Job', 'a-1', { kind: 'CronJob', name: 'a' })],
    { kind: 'CronJob', name: 'a' },
  ],
  ['a static pod', workload('Pod', 'etcd', { kind: 'Node', name: 'n' }), [], { kind: 'Pod', name: 'etcd' }],
  [
    'an operator',
    workload('StatefulSet', 'db', { kind: 'Postgres', name: 'db' }),
    [],
    { kind: 'StatefulSet', name: 'db' },
  ],
  [
    'the owner is of another namespace',
    workload('Pod', 'web-7d-x', replicas),
    [{ ...workload('ReplicaSet', 'web-7d', deployment), namespace: 'other' }],
    replicas,
  ],
])('folds: %s', (_, first, others, expected) => {
  expect(createOwnerFold([first, ...others])(first)).toEqual(expected);
});

it('ends where owners name each other', () => {
  const a = workload('ReplicaSet', 'a', { kind: 'ReplicaSet', name: 'b' });
  const b = workload('ReplicaSet', 'b', { kind: 'ReplicaSet', name: 'a' });
  expect(createOwnerFold([a, b])(a)).toEqual({ kind: 'ReplicaSet', name: 'b' });
});
