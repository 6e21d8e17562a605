import type { GraphNode, NodeKind } from '#lib/contracts/graph.ts';
import type { IconName } from './view.ts';

/** Ends that are not of the cluster's own workloads: quieter in the picture. */
export function isExternal(kind: NodeKind): boolean {
  return !['cluster', 'layer', 'namespace', 'service-group', 'workload', 'service', 'port'].includes(kind);
}

/** What has something inside: a far end has nothing that is told, and a workload only ports that it serves. */
export function canOpen({ kind, inScope }: GraphNode, isServer: boolean): boolean {
  switch (kind) {
    case 'cluster':
    case 'layer':
    case 'service-group':
      return true;
    case 'namespace':
      return inScope;
    case 'workload':
    case 'service':
      return inScope && isServer;
    default:
      return false;
  }
}

/** A name with those of the open nodes around it, but for the cluster, which all have: `shop / web / tcp 443`. */
export function pathName(id: string, nodes: ReadonlyMap<string, GraphNode>): string {
  const node = nodes.get(id);
  if (!node) return id;
  const parent = node.parent === undefined ? undefined : nodes.get(node.parent);
  if (!parent || parent.kind === 'cluster') return node.label;
  return `${pathName(parent.id, nodes)} / ${node.label}`;
}

const icons: Readonly<Record<NodeKind, IconName>> = {
  cluster: 'cube',
  layer: 'layers',
  namespace: 'cube',
  'service-group': 'service',
  workload: 'cube',
  service: 'service',
  port: 'port',
  host: 'server',
  networkset: 'set',
  domain: 'cloud',
  network: 'network',
  unknown: 'unknown',
  'outside-scope': 'unknown',
};

/** The icon of a node. */
export function iconOf(node: GraphNode): IconName {
  return node.kind === 'network' && node.id.endsWith('/network/public') ? 'globe' : icons[node.kind];
}

const kindNames: Readonly<Record<NodeKind, string>> = {
  cluster: 'Cluster',
  layer: 'Layer of namespaces',
  namespace: 'Namespace',
  'service-group': 'Services that share their endpoints',
  workload: 'Workload',
  service: 'Service',
  port: 'Server port',
  host: 'Host',
  networkset: 'Network set',
  domain: 'Domain',
  network: 'Network outside the cluster',
  unknown: 'Ends that no record names',
  'outside-scope': 'Ends that you may not see',
};

/** What kind of thing a node is, in words. */
export function kindName(kind: NodeKind): string {
  return kindNames[kind];
}
