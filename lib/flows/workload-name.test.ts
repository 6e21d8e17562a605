import { expect, it } from 'vitest';
import { workloadOfPod } from './workload-name.ts';

it.each([
  // Deployment
  ['productpage-v1-6b746f74dc-ffh56', 'productpage-v1'],
  ['ratings-v1-b6994bb9-4dt5c', 'ratings-v1'],
  ['kube-dns-b4f5c58c7-vnx5s', 'kube-dns'],
  // CronJob
  ['backup-28391234-x7k2p', 'backup'],
  // DaemonSet, Job
  ['node-local-dns-88zrp', 'node-local-dns'],
  // StatefulSet
  ['postgres-0', 'postgres'],
  ['kafka-broker-12', 'kafka-broker'],
  // nothing to cut: vowels and look-alikes are never drawn
  ['frontend', 'frontend'],
  ['my-house', 'my-house'],
  ['web-abcde', 'web-abcde'],
  ['etcd-ip-10-0-0-1.ec2.internal', 'etcd-ip-10-0-0-1.ec2.internal'],
  // folded by Calico
  ['frontend-78cb8f69c8-*', 'frontend'],
  ['client-pods-*', 'client-pods'],
  ['backup-28391234-*', 'backup'],
  ['web-*', 'web'],
  ['', ''],
])('%s is of %s', (pod, workload) => {
  expect(workloadOfPod(pod)).toBe(workload);
});
