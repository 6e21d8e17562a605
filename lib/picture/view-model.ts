import type { GraphEdge, GraphNode } from '#lib/contracts/graph.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import { cutMiddle } from '#lib/kit/cut-middle.ts';
import { amountOf, portText, totalsOf, verdicts } from './amounts.ts';
import { changeOfStrand, type EdgeComparison, type ShownGraph } from './compared-graph.ts';
import { canOpen, iconOf, isExternal, pathName } from './node-names.ts';
import type { Overlay, Painting } from './overlay/overlay.ts';
import type { Tone } from './overlay/tones.ts';
import { verdictOverlay } from './overlay/verdict.ts';
import type { EdgeView, GraphView, NodeView, StrandView } from './view.ts';

/** Letters of a name that fit a box at zoom 1. */
const labelLetters = 20;

/** From here on the busiest nodes are drawn larger: at the zoom that shows all, only their names are read. */
const largeGraph = 80;

const lineWidth = { least: 1.2, most: 4.2 };

/** The wire's document → what is drawn and listed. */
export function toGraphView(document: ShownGraph, overlay: Overlay = verdictOverlay): GraphView {
  const painting = overlay.paint(document);
  const { edges, compared } = document;
  const nodes = withExtraNodes(document.nodes, painting);
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const split = splitNodes(byId, edges);
  const around = (id: string) => frameOf(byId.get(id), byId)?.id;
  return {
    nodes: nodeViews(nodes, edges, split, painting, around),
    strands: [...strandViews(edges, painting, split, byId, compared, around), ...extraStrands(painting)],
    edges: edges.map((edge) => toEdgeView(edge, byId, painting, compared?.get(edge.id))),
    nodeCount: document.nodes.length,
    totals: totalsOf(edges),
    legend: painting.legend,
    note: painting.note,
    lit: painting.lit ?? null,
    hint: painting.hint ?? '',
    detailName: painting.detail?.name ?? null,
  };
}

/** One edge as the table and the lists show it. */
function toEdgeView(
  edge: GraphEdge,
  nodes: ReadonlyMap<string, GraphNode>,
  painting: Painting,
  compared: EdgeComparison | undefined,
): EdgeView {
  return {
    id: edge.id,
    sourceId: edge.source,
    targetId: edge.target,
    from: pathName(edge.source, nodes),
    to: pathName(edge.target, nodes),
    ports: edge.ports.map(portText),
    connections: amountOf(edge.allowed, 'connections'),
    flows: amountOf(edge.allowed, 'flows'),
    bytes: amountOf(edge.allowed, 'bytes'),
    denied: amountOf(edge.denied, 'flows'),
    dropped: amountOf(edge.dropped, 'flows'),
    lastSeenAtMs: Date.parse(edge.lastSeenAt),
    verdicts: verdicts.filter((verdict) => edge[verdict].flows > 0),
    compared: compared ?? null,
    detail: painting.detail?.of(edge) ?? '',
  };
}

/** External nodes that are client and server: drawn as two, so that the picture keeps its direction. */
function splitNodes(nodes: ReadonlyMap<string, GraphNode>, edges: readonly GraphEdge[]): ReadonlySet<string> {
  const others = edges.filter(({ source, target }) => source !== target);
  const clients = new Set(others.map(({ source }) => source));
  const servers = new Set(others.map(({ target }) => target));
  return new Set(
    [...nodes.values()]
      .filter(({ id, kind }) => isExternal(kind) && clients.has(id) && servers.has(id))
      .map(({ id }) => id),
  );
}

function nodeViews(
  nodes: readonly GraphNode[],
  edges: readonly GraphEdge[],
  split: ReadonlySet<string>,
  painting: Painting,
  around: Around,
): readonly NodeView[] {
  const clientsOf = Map.groupBy(edges, ({ target }) => target);
  const serversOf = Map.groupBy(edges, ({ source }) => source);
  const degree = ({ id }: GraphNode) => (clientsOf.get(id)?.length ?? 0) + (serversOf.get(id)?.length ?? 0);
  const degrees = nodes.map(degree).toSorted((a, b) => b - a);
  return nodes.flatMap((node) => {
    const into = clientsOf.get(node.id) ?? [];
    const whole: NodeView = {
      id: node.id,
      nodeId: node.id,
      kind: node.kind,
      name: node.label,
      label: cutMiddle(node.label, labelLetters),
      icon: painting.shields?.get(node.id) ?? iconOf(node),
      isExternal: isExternal(node.kind),
      parent: around(node.id) ?? null,
      isOpen: node.expanded === true,
      canOpen: canOpen(node, into.length > 0),
      deniedHere: into.reduce((sum, edge) => sum + edge.denied.flows, 0),
      clients: into.length,
      servers: serversOf.get(node.id)?.length ?? 0,
      inside: insideOf(into.find((edge) => isInside(edge, around))),
      scale: scaleOf(degree(node), degrees),
    };
    if (!whole.isExternal) return [whole];
    if (!split.has(node.id)) return [{ ...whole, id: faceId(node.id, isClient(node, edges) ? 'in' : 'out') }];
    return [drawnAs(whole, 'in'), drawnAs(whole, 'out')];
  });
}

/** `in` is where it comes from as a client, `out` where it is reached as a server. */
function drawnAs(node: NodeView, face: 'in' | 'out'): NodeView {
  const isServer = face === 'out';
  return {
    ...node,
    id: faceId(node.id, face),
    label: `${cutMiddle(node.name, labelLetters - 5)}, ${face}`,
    deniedHere: isServer ? node.deniedHere : 0,
    clients: isServer ? node.clients : 0,
    servers: isServer ? 0 : node.servers,
    inside: null,
  };
}

/** Each face keeps its id, and with it its place, when the other one comes or goes with the window. */
function faceId(nodeId: string, face: 'in' | 'out'): string {
  return `${nodeId}#${face}`;
}

function isClient({ id }: GraphNode, edges: readonly GraphEdge[]): boolean {
  return edges.some(({ source, target }) => source === id && target !== id);
}

/** The frame around a node. */
type Around = (id: string) => string | undefined;

function frameOf(node: GraphNode | undefined, nodes: ReadonlyMap<string, GraphNode>): GraphNode | undefined {
  return node?.parent === undefined ? undefined : nodes.get(node.parent);
}

/** Traffic of a node with itself, and from an open workload to a port of its own, which stands in its frame. */
function isInside({ source, target }: GraphEdge, around: Around): boolean {
  for (let id: string | undefined = target; id !== undefined; id = around(id)) if (id === source) return true;
  for (let id: string | undefined = source; id !== undefined; id = around(id)) if (id === target) return true;
  return false;
}

/** The gravest verdict on traffic inside a node, null where there is none. */
function insideOf(edge: GraphEdge | undefined): Verdict | null {
  if (!edge) return null;
  if (edge.denied.flows > 0) return 'denied';
  return edge.dropped.flows > 0 ? 'dropped' : 'allowed';
}

function scaleOf(degree: number, degrees: readonly number[]): number {
  if (degrees.length < largeGraph) return 1;
  const rank = degrees.findIndex((other) => other <= degree) / degrees.length;
  if (rank < 0.05) return 1.8;
  return rank < 0.2 ? 1.3 : 1;
}

/** Traffic inside a node is a mark on the node, not a line; that of a node drawn twice goes from one to the other. */
function strandViews(
  edges: readonly GraphEdge[],
  painting: Painting,
  split: ReadonlySet<string>,
  nodes: ReadonlyMap<string, GraphNode>,
  compared: ShownGraph['compared'],
  around: Around,
): readonly StrandView[] {
  const drawnId = (id: string, face: 'in' | 'out') =>
    isExternal(nodes.get(id)?.kind ?? 'namespace') ? faceId(id, face) : id;
  const drawn = edges
    .filter((edge) => !isInside(edge, around) || split.has(edge.source))
    .map((edge) => ({ edge, strokes: painting.strokes(edge) }));
  const most = drawn.reduce((high, { strokes }) => Math.max(high, ...strokes.map(({ volume }) => volume)), 1);
  return drawn.flatMap(({ edge, strokes }) =>
    strokes.map(({ tone, volume }) => ({
      id: `${edge.id}:${tone}`,
      edgeId: edge.id,
      source: drawnId(edge.source, 'in'),
      target: drawnId(edge.target, 'out'),
      tone,
      width: widthOf(volume, most),
      change: changeIn(compared?.get(edge.id), tone),
    })),
  );
}

/** An overlay may speak of namespaces without traffic. */
function withExtraNodes(nodes: readonly GraphNode[], { extras = [] }: Painting): readonly GraphNode[] {
  const known = new Set(nodes.map(({ id }) => id));
  const missing = new Set(
    extras.flatMap(({ source, target }) => [source, target]).filter((id) => !known.has(id)),
  );
  const open = new Set(nodes.flatMap(({ id, expanded }) => (expanded ? [id] : [])));
  const inFrame = (node: GraphNode): GraphNode => {
    const parent = `${node.cluster}/namespace/${node.namespace}`;
    return open.has(parent) ? { ...node, parent } : node;
  };
  return [...nodes, ...[...missing].map((id) => inFrame(nodeOfId(id)))];
}

function nodeOfId(id: string): GraphNode {
  const [cluster = '', kind, namespace = '', name = namespace] = id.split('/');
  return {
    id,
    kind: kind === 'workload' ? 'workload' : 'namespace',
    cluster,
    namespace,
    label: name,
    inScope: true,
  };
}

function extraStrands({ extras = [] }: Painting): readonly StrandView[] {
  return extras.map(({ id, source, target, tone }) => ({
    id,
    edgeId: id,
    source,
    target,
    tone,
    width: lineWidth.least,
    change: null,
  }));
}

/** A line that is not of one verdict is marked with what became of all its edge. */
function changeIn(comparison: EdgeComparison | undefined, tone: Tone): StrandView['change'] {
  if (!comparison) return null;
  const verdict = verdicts.find((each): each is Verdict => each === tone);
  return verdict ? changeOfStrand(comparison, verdict) : comparison.change;
}

/** Volumes span six decades: the width grows with the logarithm. */
function widthOf(volume: number, most: number): number {
  // Measured against the next power of ten, so that a busier edge does not make all others a hair thinner.
  const scale = 10 ** Math.ceil(Math.log10(most + 1));
  const part = Math.log1p(volume) / Math.log1p(scale);
  return Math.round((lineWidth.least + (lineWidth.most - lineWidth.least) * part ** 1.6) * 10) / 10;
}
