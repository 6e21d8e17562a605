import type { IsListening } from '#lib/flows/orientation.ts';
import { workloadOfPod } from '#lib/flows/workload-name.ts';
import { createOwnerFold } from '#lib/inventory/fold-owners.ts';
import type {
  OwnerName,
  Protocol,
  ServiceManifest,
  TextMap,
  WorkloadManifest,
} from '#lib/inventory/model.ts';

/** What there is in one cluster. */
export type ClusterObjects = {
  readonly workloads: readonly WorkloadManifest[];
  readonly services: readonly ServiceManifest[];
};

type Kind = 'workload' | 'service';

/** By kind, namespace and name: asked for single records, so that no key is put together for the question. */
type Ports = Readonly<Record<Kind, Map<string, Map<string, Set<number>>>>>;

/**
 * Which ports the ends of flows serve on: those that containers declare, those that a service forwards to,
 * which need no declaration, and a service's own. `named` is the cluster of the log and wins over what a
 * record says, as in local-cluster.ts; null and no word in the record is `otherwise`.
 */
export function createIsListening(
  clusters: ReadonlyMap<string, ClusterObjects>,
  named: string | null,
  otherwise: string,
): IsListening {
  const portsOf = new Map([...clusters].map(([cluster, objects]) => [cluster, portsIn(objects)]));
  return ({ kind, namespace, name, cluster }, protocol, port) => {
    if (namespace === null || (kind !== 'workload' && kind !== 'service')) return false;
    const ports = portsOf
      .get(named ?? cluster ?? otherwise)
      ?.[kind].get(namespace)
      ?.get(name);
    return ports?.has(codeOf(protocol, port)) ?? false;
  };
}

/** The name that flows have for what a workload belongs to. */
export function flowName({ kind, name }: OwnerName): string {
  return kind === 'Pod' ? workloadOfPod(name) : name;
}

function portsIn({ workloads, services }: ClusterObjects): Ports {
  const ports: Ports = { workload: new Map(), service: new Map() };
  const fold = createOwnerFold(workloads);
  const noteWorkload = (workload: WorkloadManifest, protocol: Protocol, port: number): void =>
    note(ports.workload, workload.namespace, flowName(fold(workload)), protocol, port);
  for (const workload of workloads) {
    for (const { port, protocol } of workload.ports) noteWorkload(workload, protocol, port);
  }
  const byNamespace = Map.groupBy(workloads, ({ namespace }) => namespace);
  for (const { namespace, name, selector, ports: own } of services) {
    for (const { port, protocol } of own) note(ports.service, namespace, name, protocol, port);
    if (selector === null) continue;
    for (const workload of byNamespace.get(namespace) ?? []) {
      if (!matches(workload.podLabels, selector)) continue;
      for (const { targetPort, protocol } of own) {
        // A named one is a declared one.
        if (typeof targetPort === 'number') noteWorkload(workload, protocol, targetPort);
      }
    }
  }
  return ports;
}

function matches(labels: TextMap, selector: TextMap): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function note(ports: Ports[Kind], namespace: string, name: string, protocol: Protocol, port: number): void {
  const names = ports.get(namespace) ?? new Map<string, Set<number>>();
  ports.set(namespace, names);
  const known = names.get(name) ?? new Set();
  names.set(name, known.add(codeOf(protocol.toLowerCase(), port)));
}

/** Only protocols with ports have one; another's is none that was noted. */
function codeOf(protocol: string, port: number): number {
  const place = protocol === 'tcp' ? 1 : protocol === 'udp' ? 2 : protocol === 'sctp' ? 3 : 4;
  return place * 65_536 + port;
}
