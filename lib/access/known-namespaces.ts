import type { TextMap } from '#lib/inventory/model.ts';

/** A namespace that flows or manifests speak of. */
export type KnownNamespace = {
  readonly id: bigint;
  readonly cluster: string;
  readonly name: string;
  /** Null where no manifest of it was applied. */
  readonly labels: TextMap | null;
  /** When it was made anew under the same name; null where it is not known to have been. */
  readonly sinceMs: number | null;
};

/** All namespaces there are, to be found by cluster and name. */
export type KnownNamespaces = {
  readonly clusters: readonly string[];
  readonly ofCluster: (cluster: string) => ClusterNamespaces;
  /** Every namespace once, by id. */
  readonly byId: readonly KnownNamespace[];
};

export type ClusterNamespaces = {
  readonly byName: ReadonlyMap<string, KnownNamespace>;
  /** Those that are known to have a label, by `labelKey`. */
  readonly byLabel: ReadonlyMap<string, readonly KnownNamespace[]>;
};

type Growing = {
  readonly byName: Map<string, KnownNamespace>;
  readonly byLabel: Map<string, KnownNamespace[]>;
};

const none: ClusterNamespaces = { byName: new Map(), byLabel: new Map() };

// The API server sets it on every namespace, so it is known of all.
const nameLabel = 'kubernetes.io/metadata.name';

/** `clusters` are further ones, of which no namespace is known. */
export function knownNamespaces(
  namespaces: readonly KnownNamespace[],
  clusters: readonly string[] = [],
): KnownNamespaces {
  const byCluster = new Map<string, Growing>(clusters.map((name) => [name, growing()]));
  for (const namespace of namespaces) {
    const others = byCluster.get(namespace.cluster) ?? growing();
    byCluster.set(namespace.cluster, others);
    others.byName.set(namespace.name, namespace);
    for (const [key, value] of Object.entries(labelsOf(namespace))) {
      const label = labelKey(key, value);
      const labelled = others.byLabel.get(label);
      if (labelled === undefined) others.byLabel.set(label, [namespace]);
      else labelled.push(namespace);
    }
  }
  return {
    clusters: [...byCluster.keys()],
    ofCluster: (cluster) => byCluster.get(cluster) ?? none,
    byId: namespaces.toSorted((a, b) => (a.id < b.id ? -1 : 1)),
  };
}

/** What is known of a namespace's labels: of one without a manifest, its name. */
export function labelsOf({ name, labels }: KnownNamespace): TextMap {
  if (labels === null) return { [nameLabel]: name };
  return labels[nameLabel] === name ? labels : { ...labels, [nameLabel]: name };
}

export function labelKey(key: string, value: string): string {
  return `${key}\0${value}`;
}

function growing(): Growing {
  return { byName: new Map(), byLabel: new Map() };
}
