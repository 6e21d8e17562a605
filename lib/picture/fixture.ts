import type { Counters, EdgeDetail, GraphDocument, GraphEdge, GraphNode } from '#lib/contracts/graph.ts';

/** Small wire documents for the tests of this folder. */

export const none: Counters = { flows: 0, connections: 0, bytes: 0, packets: 0, partial: false };

export function counted(flows: number, rest: Partial<Counters> = {}): Counters {
  return { flows, connections: flows, bytes: flows * 100, packets: flows * 2, partial: false, ...rest };
}

export function namespaceNode(name: string): GraphNode {
  return {
    id: `prod/namespace/${name}`,
    kind: 'namespace',
    cluster: 'prod',
    namespace: name,
    label: name,
    inScope: true,
  };
}

export const publicNetwork: GraphNode = {
  id: 'prod/network/public',
  kind: 'network',
  cluster: 'prod',
  namespace: null,
  label: 'Public network',
  inScope: true,
};

export function edgeBetween(source: GraphNode, target: GraphNode, rest: Partial<GraphEdge> = {}): GraphEdge {
  return {
    id: `${source.label}>${target.label}`,
    source: source.id,
    target: target.id,
    inScope: 'both',
    allowed: counted(10),
    denied: none,
    dropped: none,
    ports: [{ protocol: 'tcp', port: 443 }],
    lastSeenAt: '2026-03-14T09:26:00Z',
    ...rest,
  };
}

const span = { from: '2026-03-14T03:00:00Z', to: '2026-03-14T09:00:00Z' };

export const windowDocument: GraphDocument['window'] = {
  requested: span,
  answered: span,
  pieces: [{ ...span, grain: '1h' }],
};

export function graphOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): GraphDocument {
  return {
    window: windowDocument,
    level: 'namespace',
    completeness: { sources: [], gaps: [], isByNode: true, gapsLeftOut: 0, lostEvents: 0, rejected: 0 },
    nodes: [...nodes],
    edges: [...edges],
    truncated: null,
  };
}

type Hit = EdgeDetail['traces'][number]['enforced'][number];

export function hitOf(rest: Partial<Hit>): Hit {
  return {
    kind: 'CalicoNetworkPolicy',
    tier: 'default',
    namespace: '',
    name: 'a-policy',
    action: 'allow',
    index: 0,
    ruleIndex: 0,
    trigger: null,
    ...rest,
  };
}

export const noAddresses: EdgeDetail['addresses'] = {
  window: windowDocument.answered,
  client: { known: [], more: false },
  server: { known: [], more: false },
};
