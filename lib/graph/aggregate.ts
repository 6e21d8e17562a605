import type { Sides } from '#lib/access/redact.ts';
import type { GraphDocument, GraphEdge, GraphNode, GraphPort, Level } from '#lib/contracts/graph.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import { depthOf, drawEnd } from './depth.ts';
import type { DrawnEnd, DrawnTraffic, Sums } from './model.ts';
import { nodeId, nodeLabel } from './node-id.ts';
import { comparePorts } from './port-order.ts';
import { addSums, countersOf, noSums } from './sums.ts';

/** Turns an edge's two node ids into its id; hashing is the caller's, since it needs a platform. */
export type EdgeId = (sourceId: string, targetId: string) => string;

export type Picture = Pick<GraphDocument, 'nodes' | 'edges'>;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

type Gathered = {
  readonly source: string;
  readonly target: string;
  readonly inScope: Mutable<Sides>;
  readonly sums: Record<Verdict, Sums>;
  readonly ports: Map<string, GraphPort>;
  lastSeenMs: number;
};

type Placed = { readonly end: DrawnEnd; inScope: boolean; isExpanded: boolean };

/** Folds counted traffic into nodes and edges of a level, both ordered by id. */
export function aggregate(traffic: readonly DrawnTraffic[], level: Level, edgeId: EdgeId): Picture {
  const nodes = new Map<string, Placed>();
  const edges = new Map<string, Gathered>();
  for (const item of traffic) {
    const source = place(nodes, item.source, level, item.inScope.source);
    const target = place(nodes, item.target, level, item.inScope.target);
    const edge = gather(edges, source, target);
    edge.inScope.source ||= item.inScope.source;
    edge.inScope.target ||= item.inScope.target;
    edge.sums[item.verdict] = addSums(edge.sums[item.verdict], item.sums);
    edge.ports.set(`${item.protocol} ${item.port}`, { protocol: item.protocol, port: item.port });
    edge.lastSeenMs = Math.max(edge.lastSeenMs, item.lastSeenMs);
  }
  return {
    nodes: [...nodes].map(([id, node]) => toNode(id, node)).sort((a, b) => compareText(a.id, b.id)),
    edges: [...edges.values()].map((edge) => toEdge(edge, edgeId)).sort((a, b) => compareText(a.id, b.id)),
  };
}

/** A node is in scope where any end that it stands for is; so is an expanded node around it. */
function place(nodes: Map<string, Placed>, end: DrawnEnd, level: Level, inScope: boolean): string {
  const drawn = end.within ? end : drawEnd(end, depthOf({ level }));
  const id = nodeId(drawn);
  const known = nodes.get(id) ?? { end: drawn, inScope, isExpanded: false };
  known.inScope ||= inScope;
  nodes.set(id, known);
  for (let around = drawn.within; around; around = around.within) {
    const outer = nodes.get(nodeId(around)) ?? { end: around, inScope, isExpanded: true };
    outer.inScope ||= inScope;
    outer.isExpanded = true;
    nodes.set(nodeId(around), outer);
  }
  return id;
}

function toNode(id: string, { end, inScope, isExpanded }: Placed): GraphNode {
  const { cluster, namespace, within } = end;
  return {
    id,
    kind: end.served ? 'port' : end.kind,
    cluster,
    namespace,
    label: nodeLabel(end),
    inScope,
    ...(within ? { parent: nodeId(within) } : {}),
    ...(isExpanded ? { expanded: true } : {}),
  };
}

function gather(edges: Map<string, Gathered>, source: string, target: string): Gathered {
  const key = `${source}\0${target}`;
  const known = edges.get(key);
  if (known) return known;
  const sums = { allowed: noSums, denied: noSums, dropped: noSums };
  const inScope = { source: false, target: false };
  const edge = { source, target, inScope, sums, ports: new Map<string, GraphPort>(), lastSeenMs: 0 };
  edges.set(key, edge);
  return edge;
}

function toEdge({ source, target, inScope, sums, ports, lastSeenMs }: Gathered, edgeId: EdgeId): GraphEdge {
  return {
    id: edgeId(source, target),
    source,
    target,
    inScope: inScope.source && inScope.target ? 'both' : inScope.source ? 'source' : 'target',
    allowed: countersOf(sums.allowed),
    denied: countersOf(sums.denied),
    dropped: countersOf(sums.dropped),
    ports: [...ports.values()].sort(comparePorts),
    lastSeenAt: new Date(lastSeenMs).toISOString(),
  };
}
