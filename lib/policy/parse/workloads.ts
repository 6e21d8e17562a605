import { createOwnerFold } from '#lib/inventory/fold-owners.ts';
import type { InventoryObject, WorkloadManifest } from '#lib/inventory/model.ts';
import { completeLabels } from '../labels.ts';
import type { Endpoint } from '../model.ts';

/** An end that may be named in a question or an answer, with the name that it has there. */
export type Peer = {
  /** `shop/front[Deployment]`, or an address range `10.0.0.0-10.0.0.255`. */
  readonly title: string;
  readonly endpoint: Endpoint;
};

/** Each workload once: pods that a controller made are its own. */
export function workloadPeers(objects: readonly InventoryObject[]): readonly Peer[] {
  const workloads = objects.filter((object): object is WorkloadManifest => object.type === 'workload');
  const fold = createOwnerFold(workloads);
  const peers = new Map<string, Peer>();
  for (const workload of workloads) {
    const owner = fold(workload);
    const title = `${workload.namespace}/${owner.name}[${owner.kind}]`;
    const isItself = owner.kind === workload.kind && owner.name === workload.name;
    if (peers.has(title) && !isItself) continue;
    peers.set(title, { title, endpoint: endpointOf(workload, owner.name) });
  }
  return [...peers.values()];
}

function endpointOf(workload: WorkloadManifest, name: string): Endpoint {
  return {
    kind: 'workload',
    namespace: workload.namespace,
    name,
    labels: completeLabels(Object.entries(workload.podLabels)),
    serviceAccount: workload.serviceAccount,
    // A manifest does not say which addresses its pods will have.
    addresses: null,
    namedPorts: workload.ports.flatMap(({ name: port, port: number, protocol }) =>
      port === null ? [] : [{ name: port, port: number, protocol: protocol.toLowerCase() }],
    ),
    isHostNetworked: workload.hostNetwork,
    isAllowedByProfile: true,
    node: null,
    pod: null,
  };
}
