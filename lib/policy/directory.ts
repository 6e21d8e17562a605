import { endpointLabel, type Labelled } from './endpoint-labels.ts';
import type { Cluster, Endpoint, NetworkSet, Service, ServiceName } from './model.ts';
import type { Selector } from './selector.ts';

/** A network set as selectors see it. */
export type LabelledSet = {
  readonly nets: NetworkSet['nets'];
  readonly domains: NetworkSet['domains'];
  readonly labelled: Labelled;
  readonly title: string;
};

/** What rules look up: the network sets that a selector may choose, and services by name. */
export type Directory = {
  readonly setsThatMayMatch: (selector: Selector) => readonly LabelledSet[];
  readonly serviceOf: (name: ServiceName) => Service | undefined;
  /** What selectors are known to say of an endpoint's own labels. */
  readonly saidOf: (endpoint: Endpoint) => Map<Selector, boolean>;
};

export function directoryOf(cluster: Cluster): Directory {
  const sets = cluster.networkSets.map(labelledSet);
  const services = new Map(cluster.services.map((service) => [keyOf(service), service]));
  // The same few selectors are asked about for every flow.
  const remembered = new Map<Selector, readonly LabelledSet[]>();
  const said = new WeakMap<Endpoint, Map<Selector, boolean>>();
  return {
    setsThatMayMatch: (selector) => {
      const known = remembered.get(selector);
      if (known !== undefined) return known;
      const found = sets.filter(
        ({ labelled }) => selector.evaluate((key) => endpointLabel(labelled, cluster, key)) !== false,
      );
      remembered.set(selector, found);
      return found;
    },
    serviceOf: (name) => services.get(keyOf(name)),
    saidOf: (endpoint) => {
      const known = said.get(endpoint);
      if (known !== undefined) return known;
      const empty = new Map<Selector, boolean>();
      said.set(endpoint, empty);
      return empty;
    },
  };
}

function labelledSet({ namespace, name, labels, nets, domains }: NetworkSet): LabelledSet {
  const title = `network set ${namespace === '' ? '' : `${namespace}/`}${name}`;
  return { nets, domains, labelled: { labels, namespace, serviceAccount: undefined }, title };
}

function keyOf({ namespace, name }: ServiceName): string {
  return `${namespace}/${name}`;
}
