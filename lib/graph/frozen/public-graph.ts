import { reservedHosts } from '#lib/access/redact.ts';
import type { GraphDocument, GraphEdge, GraphNode } from '#lib/contracts/graph.ts';
import { isBuiltInLayer } from '#lib/contracts/layer-ref.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import type { EdgeId } from '../aggregate.ts';

/** Says what a public picture is made with: ids of edges, and an order that tells nothing of names. */
export type Making = {
  readonly edgeId: EdgeId;
  readonly hideNames: boolean;
  /** A secret order of ids, so that a number does not tell where a name stands in the alphabet; hexadecimal. */
  readonly shuffled: (id: string) => string;
  /** Whether the same has the same made name in the next picture, whatever came and went; else they are counted. */
  readonly namesLast: boolean;
};

export const noCompleteness: GraphDocument['completeness'] = {
  sources: [],
  gaps: [],
  isByNode: false,
  gapsLeftOut: 0,
  lostEvents: 0,
  rejected: 0,
};

/**
 * A picture for whoever has its address: an allow-list of nodes, edges, ports and counts. Names of machines go in
 * any case, since most are made of addresses; what a policy or a collector said is not in it, nor whose it is.
 */
export function publicGraph(
  document: GraphDocument,
  { edgeId, hideNames, shuffled, namesLast }: Making,
): GraphDocument {
  const { window, level, truncated } = document;
  const order = [...document.nodes].sort((a, b) => compareText(shuffled(a.id), shuffled(b.id)));
  const numbers = new Map<string, number>();
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const nameOf = (kind: string, key: string, name: string): string => {
    const isKept = name === '' || (kind === 'host' ? isReserved(name) : !hideNames);
    if (isKept) return name;
    const whole = `${kind}\0${key}`;
    const known = names.get(whole);
    if (known !== undefined) return known;
    const number = (numbers.get(kind) ?? 0) + 1;
    numbers.set(kind, number);
    const made = namesLast ? lastingName(kind, shuffled(whole), taken) : `${kind}-${number}`;
    names.set(whole, made);
    taken.add(made);
    return made;
  };
  const ids = new Map<string, string>();
  const renamed = new Map<string, GraphNode>();
  for (const node of order) {
    const next = renamedNode(node, nameOf);
    ids.set(node.id, next.id);
    renamed.set(node.id, next);
  }
  const idOf = (id: string): string => ids.get(id) ?? 'unknown';
  const nodes = [...renamed.values()].map((node) =>
    node.parent === undefined ? node : { ...node, parent: idOf(node.parent) },
  );
  return {
    window,
    level,
    completeness: noCompleteness,
    nodes: nodes.sort((a, b) => compareText(a.id, b.id)),
    edges: document.edges
      .map((edge) => publicEdge(edge, idOf(edge.source), idOf(edge.target), edgeId))
      .sort((a, b) => compareText(a.id, b.id)),
    truncated,
  };
}

/** As much of a hash as tells it from the others, six digits at least. */
function lastingName(kind: string, hash: string, taken: ReadonlySet<string>): string {
  for (let digits = 6; digits < hash.length; digits += 1) {
    const name = `${kind}-${hash.slice(0, digits)}`;
    if (!taken.has(name)) return name;
  }
  return `${kind}-${hash}`;
}

function isReserved(name: string): boolean {
  return reservedHosts.some((word) => word === name);
}

// `<cluster>/<kind>/<namespace>/<name>`, and a port behind it.
const portId = /^([^/]+\/([^/]+)\/[^/]*\/([^/]*))\/([a-z0-9]+(?:\/(?:\d+|other))?)$/;

/** The same kind of id, of the names that are told. */
function renamedNode(
  { id, kind, cluster, namespace, label, parent, expanded }: GraphNode,
  nameOf: (kind: string, key: string, name: string) => string,
): GraphNode {
  const told = { kind, inScope: true, ...(parent ? { parent } : {}), ...(expanded ? { expanded } : {}) };
  const inCluster = nameOf('cluster', cluster, cluster);
  const inNamespace = namespace && nameOf('namespace', `${cluster}/${namespace}`, namespace);
  const make = (more: string, name: string): GraphNode => ({
    ...told,
    id: more,
    cluster: inCluster,
    namespace: inNamespace,
    label: name,
  });
  switch (kind) {
    case 'cluster':
      return make(`${inCluster}/cluster`, inCluster);
    case 'namespace':
      return make(`${inCluster}/namespace/${inNamespace}`, inNamespace ?? '');
    case 'outside-scope':
      return make(id, label);
    case 'unknown':
      return make(`${inCluster}/unknown`, label);
    case 'network':
      return make(`${inCluster}/${id.slice(cluster.length + 1)}`, label);
    case 'layer': {
      const layer = id.slice(`${cluster}/layer/`.length);
      const name = isBuiltInLayer(layer) ? layer : nameOf(kind, id, layer);
      return make(`${inCluster}/layer/${name}`, name === layer ? label : name);
    }
    case 'port': {
      const [, outer = '', served = 'workload', name = '', port = ''] = portId.exec(id) ?? [];
      const at = `${inCluster}/${served}/${inNamespace}`;
      return make(`${at}/${nameOf(served, outer, name)}/${port}`, label);
    }
    default: {
      const name = nameOf(kind, id, id.slice(id.lastIndexOf('/') + 1));
      const at = inNamespace === null ? `${inCluster}/${kind}` : `${inCluster}/${kind}/${inNamespace}`;
      return make(`${at}/${name}`, name === '' ? label : name);
    }
  }
}

function publicEdge(
  { allowed, denied, dropped, ports, lastSeenAt }: GraphEdge,
  source: string,
  target: string,
  edgeId: EdgeId,
): GraphEdge {
  const id = edgeId(source, target);
  return { id, source, target, inScope: 'both', allowed, denied, dropped, ports, lastSeenAt };
}
