import type { DrawnEnd, DrawnTraffic, End, ServiceGroup } from './model.ts';
import { nodeId } from './node-id.ts';

/** The group of each workload and service that is in one, by node id. */
export type ServiceGroups = ReadonlyMap<string, ServiceGroup>;

export const noServiceGroups: ServiceGroups = new Map();

type Labels = Readonly<Record<string, string>>;

/** Of the manifests, as much as says what is behind what. */
type Service = { readonly namespace: string; readonly name: string; readonly selector: Labels | null };
type Workload = {
  readonly namespace: string;
  readonly name: string;
  readonly podLabels: Labels;
  /** Null where nothing else controls it. */
  readonly owner: object | null;
};

type Member = Pick<End, 'namespace' | 'name'> & { readonly kind: 'workload' | 'service' };

/**
 * Services that share their endpoints, with the workloads behind them: everything that is connected by a
 * service's selector is one group, called by its services. Workloads that are owned by another go by that one.
 */
export function serviceGroups(
  cluster: string,
  services: readonly Service[],
  workloads: readonly Workload[],
): ServiceGroups {
  const idOf = (member: Member) => nodeId({ cluster, ...member });
  const roots = new Map<string, string>();
  const rootOf = (id: string): string => {
    const next = roots.get(id) ?? id;
    return next === id ? id : rootOf(next);
  };
  const members = new Map<string, Member>();
  const inNamespace = Map.groupBy(
    workloads.filter(({ owner }) => owner === null),
    ({ namespace }) => namespace,
  );
  for (const { namespace, name, selector } of services) {
    if (selector === null || Object.keys(selector).length === 0) continue;
    const service: Member = { namespace, name, kind: 'service' };
    for (const { name: workload, podLabels } of inNamespace.get(namespace) ?? []) {
      if (!Object.entries(selector).every(([key, value]) => podLabels[key] === value)) continue;
      const behind: Member = { namespace, name: workload, kind: 'workload' };
      for (const member of [service, behind]) members.set(idOf(member), member);
      roots.set(rootOf(idOf(behind)), rootOf(idOf(service)));
    }
  }
  const together = Map.groupBy([...members], ([id]) => rootOf(id));
  return new Map(
    [...together.values()].flatMap((group) => {
      const names = (kind: Member['kind']) =>
        group.flatMap(([, member]) => (member.kind === kind ? [member.name] : [])).toSorted();
      const made: ServiceGroup = { services: names('service'), workloads: [...new Set(names('workload'))] };
      return group.map(([id]) => [id, made] as const);
    }),
  );
}

/** The groups that traffic was drawn with. */
export function groupsIn(traffic: readonly DrawnTraffic[]): ServiceGroups {
  const found = new Map<string, ServiceGroup>();
  const note = (end: DrawnEnd) => {
    const { cluster, namespace, group } = end;
    for (const name of group?.services ?? [])
      if (group) found.set(nodeId({ cluster, kind: 'service', namespace, name }), group);
    for (const name of group?.workloads ?? [])
      if (group) found.set(nodeId({ cluster, kind: 'workload', namespace, name }), group);
    if (end.within) note(end.within);
  };
  for (const { source, target } of traffic) for (const end of [source, target]) note(end);
  return found;
}
