import { type EndpointIdentity, plainEnd, unknownEnd } from '#lib/flows/endpoint.ts';
import { workloadLabels } from '#lib/flows/labels.ts';
import type { EndpointOfAddress } from '#lib/flows/parser-options.ts';
import { createOwnerFold } from '#lib/inventory/fold-owners.ts';
import type { PodRunning, ServiceManifest, WorkloadManifest } from '#lib/inventory/model.ts';
import { parseIpv6 } from '#lib/kit/ip-address.ts';
import { flowName } from './inventory-ports.ts';

/** An object as it was from `fromMs` to before `toMs`, infinite for one that is so now. */
export type Version<T> = {
  readonly object: T;
  readonly fromMs: number;
  readonly toMs: number;
  /** When the cluster made it; null where it is not known. */
  readonly createdAtMs: number | null;
};

type Holding = { readonly end: EndpointIdentity; fromMs: number; toMs: number };

/**
 * Who had an address at a time: pods by what their status says, their nodes, and services by their cluster
 * addresses. A pod has its address since it was started, which is earlier than anybody read its manifest;
 * where two claim one, the later has it.
 */
export function createEndpointOfAddress(
  workloads: readonly Version<WorkloadManifest>[],
  services: readonly Version<ServiceManifest>[],
): EndpointOfAddress | null {
  const holdings = new Map<string, Holding[]>();
  const hold = (address: string, holding: Holding): void => {
    const key = addressKey(address);
    const known = holdings.get(key);
    if (known === undefined) holdings.set(key, [holding]);
    else known.push(holding);
  };
  const oldestFirst = workloads.toSorted((a, b) => a.fromMs - b.fromMs);
  const fold = createOwnerFold(oldestFirst.map(({ object }) => object));
  const nodes = new Map<string, Holding>();
  const before = new Map<string, Version<WorkloadManifest>>();
  for (const version of oldestFirst) {
    const { object: pod, toMs } = version;
    if (pod.running === undefined) continue;
    const key = `${pod.namespace}/${pod.name}`;
    const fromMs = since(version, before.get(key), pod.running);
    before.set(key, version);
    const { node, nodeAddresses } = pod.running;
    const end = podEnd(pod, fold);
    for (const address of pod.running.addresses) {
      if (!nodeAddresses.includes(address)) hold(address, { end, fromMs, toMs });
    }
    if (node === null) continue;
    for (const address of nodeAddresses) {
      const known = nodes.get(`${address} ${node}`);
      if (known === undefined) {
        const holding = { end: plainEnd('host', node), fromMs, toMs };
        nodes.set(`${address} ${node}`, holding);
        hold(address, holding);
      } else {
        known.fromMs = Math.min(known.fromMs, fromMs);
        known.toMs = Math.max(known.toMs, toMs);
      }
    }
  }
  for (const { object, fromMs, toMs, createdAtMs } of services) {
    const end = { ...plainEnd('service', object.name), namespace: object.namespace };
    for (const address of object.clusterIps) {
      hold(address, { end, fromMs: Math.min(fromMs, createdAtMs ?? fromMs), toMs });
    }
  }
  if (holdings.size === 0) return null;
  for (const list of holdings.values()) list.sort((a, b) => a.fromMs - b.fromMs);
  return (address, atMs) =>
    holdings.get(addressKey(address))?.findLast(({ fromMs, toMs }) => fromMs <= atMs && atMs < toMs)?.end ??
    null;
}

/** A change of labels is no new start: before it the pod was what the version before says. */
function since(
  { fromMs }: Version<WorkloadManifest>,
  before: Version<WorkloadManifest> | undefined,
  { startedAtMs, addresses }: PodRunning,
): number {
  const earlier = before?.toMs === fromMs ? before.object.running : undefined;
  const isContinued =
    earlier?.startedAtMs === startedAtMs && addresses.every((address) => earlier.addresses.includes(address));
  return isContinued ? fromMs : Math.min(fromMs, startedAtMs ?? fromMs);
}

function podEnd(pod: WorkloadManifest, fold: ReturnType<typeof createOwnerFold>): EndpointIdentity {
  const owner = fold(pod);
  return {
    ...unknownEnd,
    kind: 'workload',
    namespace: pod.namespace,
    name: flowName(owner),
    workloadKind: owner.kind,
    pod: pod.name,
    labels: workloadLabels(Object.entries(pod.podLabels).map(([key, value]) => `${key}=${value}`)),
  };
}

/** One text for each address: IPv6 can be written in several ways. */
function addressKey(address: string): string {
  return address.includes(':') ? (parseIpv6(address)?.join(':') ?? address) : address;
}
