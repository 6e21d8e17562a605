import { readManifests } from '#lib/inventory/read-manifests.ts';
import { type ClusterReading, readPolicies } from '#lib/policy/parse/read-policies.ts';
import type { Peer } from '#lib/policy/parse/workloads.ts';

/** What one text of manifests says, as commands read it. */
export function readCluster(text: string): ClusterReading {
  const { objects, problems } = readManifests([{ file: 'test.yaml', text }]);
  const reading = readPolicies(objects);
  return { ...reading, problems: [...problems, ...reading.problems] };
}

export function peerIn({ peers }: ClusterReading, title: string): Peer {
  const peer = peers.find((one) => one.title === title);
  if (peer === undefined) throw new Error(`no peer ${title}`);
  return peer;
}
