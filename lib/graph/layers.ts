import { matchesPattern } from '#lib/access/match-pattern.ts';
import type { LayerName } from '#lib/contracts/graph.ts';
import { isBuiltInLayer, type LayerRef, parseCustomLayer, parseLayerRefs } from '#lib/contracts/layer-ref.ts';

/** A named group of namespaces that is drawn as one node. */
export type Layer = {
  readonly name: string;
  readonly label: string;
  /** Names, where `*` stands for any text. */
  readonly namespaces: readonly string[];
  /** Of a group that was found in one cluster; a layer that is asked for by name is in any. */
  readonly cluster?: string;
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

/** The layers of namespaces that are asked for, in an order that does not depend on who asks. */
export function layersOf(refs: readonly LayerRef[]): readonly Layer[] {
  return parseLayerRefs(refs).flatMap((ref) => {
    if (isBuiltInLayer(ref)) return builtIn[ref] ?? [];
    const custom = parseCustomLayer(ref);
    return custom === null ? [] : { ...custom, label: custom.name };
  });
}

/** The first layer that a namespace is in. */
export function layerOf(namespace: string, layers: readonly Layer[]): Layer | null {
  return (
    layers.find(({ namespaces }) => namespaces.some((pattern) => matchesPattern(pattern, namespace))) ?? null
  );
}
