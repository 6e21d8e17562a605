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

type Ports = Map<string, Set<string>>;

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
    const ports = portsOf.get(named ?? cluster ?? otherwise);
    return ports?.get(`${kind}/${namespace}/${name}`)?.has(`${protocol}/${port}`) ?? false;
  };
}

/** The name that flows have for what a workload belongs to. */
export function flowName({ kind, name }: OwnerName): string {
  return kind === 'Pod' ? workloadOfPod(name) : name;
}

function portsIn({ workloads, services }: ClusterObjects): Ports {
  const ports: Ports = new Map();
  const fold = createOwnerFold(workloads);
  const keyOf = (workload: WorkloadManifest): string =>
    `workload/${workload.namespace}/${flowName(fold(workload))}`;
  for (const workload of workloads) {
    for (const { port, protocol } of workload.ports) add(ports, keyOf(workload), protocol, port);
  }
  const byNamespace = Map.groupBy(workloads, ({ namespace }) => namespace);
  for (const { namespace, name, selector, ports: own } of services) {
    for (const { port, protocol } of own) add(ports, `service/${namespace}/${name}`, protocol, port);
    if (selector === null) continue;
    for (const workload of byNamespace.get(namespace) ?? []) {
      if (!matches(workload.podLabels, selector)) continue;
      for (const { targetPort, protocol } of own) {
        // A named one is a declared one.
        if (typeof targetPort === 'number') add(ports, keyOf(workload), protocol, targetPort);
      }
    }
  }
  return ports;
}

function matches(labels: TextMap, selector: TextMap): boolean {
  return Object.entries(selector).every(([key, value]) => labels[key] === value);
}

function add(ports: Ports, key: string, protocol: Protocol, port: number): void {
  const known = ports.get(key) ?? new Set();
  known.add(`${protocol.toLowerCase()}/${port}`);
  ports.set(key, known);
}
