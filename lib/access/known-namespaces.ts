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
  readonly ofCluster: (cluster: string) => ReadonlyMap<string, KnownNamespace>;
};

const none: ReadonlyMap<string, KnownNamespace> = new Map();

/** `clusters` are further ones, of which no namespace is known. */
export function knownNamespaces(
  namespaces: readonly KnownNamespace[],
  clusters: readonly string[] = [],
): KnownNamespaces {
  const byCluster = new Map<string, Map<string, KnownNamespace>>(clusters.map((name) => [name, new Map()]));
  for (const namespace of namespaces) {
    const { cluster, name } = namespace;
    const others = byCluster.get(cluster) ?? new Map<string, KnownNamespace>();
    byCluster.set(cluster, others.set(name, namespace));
  }
  return { clusters: [...byCluster.keys()], ofCluster: (cluster) => byCluster.get(cluster) ?? none };
}
