import { matchesPattern } from '#lib/access/match-pattern.ts';
import { type LayerName, layerSchema } from '#lib/contracts/graph.ts';

/** A named group of namespaces that is drawn as one node. */
export type Layer = {
  readonly name: string;
  readonly label: string;
  /** Names, where `*` stands for any text. */
  readonly namespaces: readonly string[];
};

/**
 * What a cluster brings along and nobody there owns: the namespaces of Kubernetes, of its network, of its
 * distribution, and of what is usually installed into every cluster.
 */
const platform: Layer = {
  name: 'platform',
  label: 'Platform',
  namespaces: [
    'kube-system',
    'kube-public',
    'kube-node-lease',
    'calico-*',
    'tigera-*',
    'cilium',
    'cilium-*',
    'istio-system',
    'linkerd',
    'openshift',
    'openshift-*',
    'gke-*',
    'gmp-*',
    'amazon-*',
    'aks-*',
    'cert-manager',
    'gatekeeper-system',
    'kyverno',
    'metallb-system',
    'local-path-storage',
    'ingress-nginx',
    'monitoring',
  ],
};

const builtIn: Readonly<Partial<Record<LayerName, Layer>>> = { platform };

/** The layers of namespaces by their names, in an order that does not depend on who asks. */
export function layersOf(names: readonly LayerName[]): readonly Layer[] {
  return layerSchema.options.filter((name) => names.includes(name)).flatMap((name) => builtIn[name] ?? []);
}

/** The first layer that a namespace is in. */
export function layerOf(namespace: string, layers: readonly Layer[]): Layer | null {
  return (
    layers.find(({ namespaces }) => namespaces.some((pattern) => matchesPattern(pattern, namespace))) ?? null
  );
}
