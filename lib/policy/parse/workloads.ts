import { createOwnerFold } from '#lib/inventory/fold-owners.ts';
import type { InventoryObject, WorkloadManifest } from '#lib/inventory/model.ts';
import { type AddressRange, parseCidr } from '#lib/kit/cidr.ts';
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
  const addresses = new Map<string, AddressRange[]>();
  for (const workload of workloads) {
    const owner = fold(workload);
    const title = `${workload.namespace}/${owner.name}[${owner.kind}]`;
    const running = addressesOf(workload);
    if (running.length > 0) addresses.set(title, [...(addresses.get(title) ?? []), ...running]);
    const isItself = owner.kind === workload.kind && owner.name === workload.name;
    if (peers.has(title) && !isItself) continue;
    peers.set(title, { title, endpoint: endpointOf(workload, owner.name) });
  }
  return [...peers.values()].map(({ title, endpoint }) => {
    const known = addresses.get(title);
    return known === undefined ? { title, endpoint } : { title, endpoint: { ...endpoint, addresses: known } };
  });
}

/** What the cluster has told of a pod: manifests alone do not say which addresses pods will have. */
function addressesOf({ running }: WorkloadManifest): readonly AddressRange[] {
  return (running?.addresses ?? []).map(parseCidr).filter((range) => range !== null);
}

function endpointOf(workload: WorkloadManifest, name: string): Endpoint {
  return {
    kind: 'workload',
    namespace: workload.namespace,
    name,
    labels: completeLabels(Object.entries(workload.podLabels)),
    serviceAccount: workload.serviceAccount,
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
