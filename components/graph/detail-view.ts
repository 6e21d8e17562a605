import type { EdgeDetail, GraphEdge, NodeDetail, PolicyHitDocument } from '#lib/contracts/graph.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { Amount } from '#lib/kit/amount.ts';
import { formatCount } from '#lib/kit/format-number.ts';
import { amountOf, portText, sumOf, verdicts, volumeOf } from '#lib/picture/amounts.ts';
import { pathName } from '#lib/picture/node-names.ts';
import type { Totals } from '#lib/picture/view.ts';
import { policyHref } from './policy-href.ts';

/** What the drawer shows, made from the documents of one node or one edge. */

export type PeerRow = {
  readonly edgeId: string;
  readonly name: string;
  /** Parts of the bar, each a share of the longest one. */
  readonly bars: readonly { readonly verdict: Verdict; readonly share: number }[];
  readonly volume: Amount;
  readonly denied: number;
};

export type DenialRow = {
  readonly key: string;
  readonly edgeId: string;
  readonly peer: string;
  readonly side: 'from' | 'to';
  readonly policy: string | null;
  readonly policyTitle: string;
  /** True where a policy decided that may not be seen. */
  readonly isHidden: boolean;
  readonly text: string;
};

export type NodeDrawerView = {
  readonly connectionsIn: Amount;
  readonly connectionsOut: Amount;
  readonly denied: Amount;
  readonly bytes: Amount;
  readonly inside: readonly PeerRow[];
  readonly peersIn: readonly PeerRow[];
  readonly peersOut: readonly PeerRow[];
  readonly ports: readonly string[];
  readonly denials: readonly DenialRow[];
};

/** `GET /node` → the drawer of a node. */
export function toNodeDrawer({
  node,
  nodes,
  edges,
  denials,
}: Pick<NodeDetail, 'node' | 'nodes' | 'edges' | 'denials'>): NodeDrawerView {
  const all = new Map(nodes.map((one) => [one.id, one]));
  const names = new Map(nodes.map(({ id }) => [id, pathName(id, all)]));
  // An open node is all that is inside of it.
  const isWithin = (id: string): boolean => {
    const parent = all.get(id)?.parent;
    return id === node.id || (parent !== undefined && isWithin(parent));
  };
  const into = edges.filter(({ source, target }) => isWithin(target) && !isWithin(source));
  const out = edges.filter(({ source, target }) => isWithin(source) && !isWithin(target));
  const inside = edges.filter(({ source, target }) => isWithin(source) && isWithin(target));
  const longest = edges.reduce((most, edge) => Math.max(most, lengthOf(edge)), 0);
  const rows = (list: readonly GraphEdge[], far: 'source' | 'target') =>
    list
      .toSorted((a, b) => lengthOf(b) - lengthOf(a) || (a.id < b.id ? -1 : 1))
      .map((edge) => peerRow(edge, names.get(edge[far]) ?? edge[far], longest));
  const byId = new Map(edges.map((edge) => [edge.id, edge]));
  return {
    connectionsIn: sumOf(
      into.map(({ allowed }) => allowed),
      'connections',
    ),
    connectionsOut: sumOf(
      out.map(({ allowed }) => allowed),
      'connections',
    ),
    bytes: sumOf(
      edges.map(({ allowed }) => allowed),
      'bytes',
    ),
    denied: sumOf(
      edges.map(({ denied }) => denied),
      'flows',
    ),
    inside: node.expanded
      ? betweenRows(inside, names, longest)
      : rows(inside, 'target').map((row) => ({ ...row, name: 'within itself' })),
    peersIn: rows(into, 'source'),
    peersOut: rows(out, 'target'),
    ports: [...new Set([...into, ...inside].flatMap((edge) => edge.ports.map(portText)))],
    denials: denials
      .toSorted((a, b) => b.flows - a.flows)
      .map((denial, index) => {
        const edge = byId.get(denial.edge);
        const isServer = edge !== undefined && isWithin(edge.target);
        const peer = isServer ? edge?.source : edge?.target;
        return {
          key: `${denial.edge} ${denial.direction} ${index}`,
          edgeId: denial.edge,
          peer: names.get(peer ?? '') ?? '',
          side: isServer ? 'from' : 'to',
          policy: denial.by === null ? null : namedBy(denial.by).name,
          policyTitle: denial.by === null ? noHit(denial.hidden) : policyTitle(denial.by),
          isHidden: denial.hidden,
          text: portsShort(formatCount(denial.flows), edge),
        };
      }),
  };
}

/** What stands where a policy would: two different things to say. */
export function noHit(isHidden: boolean): string {
  return isHidden ? 'Policies decided here that you may not see' : 'The records name no policy';
}

/** Traffic between what is inside of an open node, by both its ends. */
function betweenRows(
  edges: readonly GraphEdge[],
  names: ReadonlyMap<string, string>,
  longest: number,
): readonly PeerRow[] {
  const last = (id: string) => names.get(id)?.split(' / ').at(-1) ?? id;
  return edges
    .toSorted((a, b) => lengthOf(b) - lengthOf(a) || (a.id < b.id ? -1 : 1))
    .map((edge) => peerRow(edge, `${last(edge.source)} → ${last(edge.target)}`, longest));
}

function portsShort(flows: string, edge: GraphEdge | undefined): string {
  const [first, ...more] = edge?.ports ?? [];
  if (!first || more.length > 0 || first.port === null) return flows;
  return `${flows} · ${first.port}`;
}

function lengthOf(edge: GraphEdge): number {
  return verdicts.reduce((sum, verdict) => sum + Math.log1p(volumeOf(edge[verdict])), 0);
}

/** Bars are logarithmic, as the widths of the lines are: a thousandth must still be seen. */
function peerRow(edge: GraphEdge, name: string, longest: number): PeerRow {
  const seen = verdicts.filter((verdict) => edge[verdict].flows > 0);
  const volume = edge.allowed.flows > 0 ? sizeOf(edge, 'allowed') : sizeOf(edge, seen[0] ?? 'denied');
  return {
    edgeId: edge.id,
    name,
    bars: seen.map((verdict) => ({
      verdict,
      share: longest === 0 ? 0 : Math.max(0.02, Math.log1p(volumeOf(edge[verdict])) / longest),
    })),
    volume,
    denied: edge.denied.flows,
  };
}

function sizeOf(edge: GraphEdge, verdict: Verdict): Amount {
  return verdict === 'allowed' ? amountOf(edge.allowed, 'connections') : amountOf(edge[verdict], 'flows');
}

export type HitRow = {
  readonly key: string;
  readonly tier: string;
  readonly name: string;
  readonly title: string;
  readonly action: 'allow' | 'deny' | 'pass' | null;
  readonly text: string;
  /** Where its policy is shown. */
  readonly href: string | null;
};

export type TraceView = {
  readonly key: string;
  readonly direction: 'egress' | 'ingress';
  readonly verdict: Verdict;
  readonly flows: number;
  readonly enforced: readonly HitRow[];
  readonly pending: readonly HitRow[];
  /** True where there are policies that may not be seen. */
  readonly isHidden: boolean;
};

export type PortRow = {
  readonly key: string;
  readonly port: string;
  readonly connections: Amount;
  readonly bytes: Amount;
  readonly denied: Amount;
  readonly dropped: Amount;
};

export type EdgeDrawerView = {
  readonly totals: Totals;
  readonly flows: Amount;
  readonly ports: readonly PortRow[];
  readonly traces: readonly TraceView[];
};

/** `GET /edge` → the drawer of an edge: denied traces first, within a trace the order of evaluation. */
export function toEdgeDrawer({ edge, source, ports, traces }: EdgeDetail): EdgeDrawerView {
  return {
    totals: {
      connections: amountOf(edge.allowed, 'connections'),
      bytes: amountOf(edge.allowed, 'bytes'),
      denied: amountOf(edge.denied, 'flows'),
      dropped: amountOf(edge.dropped, 'flows'),
    },
    flows: amountOf(edge.allowed, 'flows'),
    ports: ports.map((port, index) => ({
      key: `${portText(port)} ${index}`,
      port: portText(port),
      connections: amountOf(port.allowed, 'connections'),
      bytes: amountOf(port.allowed, 'bytes'),
      denied: amountOf(port.denied, 'flows'),
      dropped: amountOf(port.dropped, 'flows'),
    })),
    traces: traces
      .toSorted((a, b) => gravity(b.verdict) - gravity(a.verdict) || b.flows - a.flows)
      .map((trace, index) => toTrace(trace, `${trace.direction} ${index}`, source.cluster)),
  };
}

/** The policies of one direction, in the order of evaluation, each with the way to it in the cluster that logged it. */
export function toTrace(trace: EdgeDetail['traces'][number], key: string, cluster: string): TraceView {
  const { direction, verdict, flows, enforced, pending, hidden } = trace;
  const rows = (hits: readonly PolicyHitDocument[]) =>
    hits.map((hit, index) => ({ ...hitRow(hit, index), href: policyHref(cluster, direction, hit) }));
  return {
    key,
    direction,
    verdict,
    flows,
    enforced: rows(enforced),
    pending: isSameTrace(trace) ? [] : rows(pending),
    isHidden: hidden,
  };
}

/** Calico writes the pending trace on every flow, also where no staged policy would change anything. */
function isSameTrace({ enforced, pending }: EdgeDetail['traces'][number]): boolean {
  const key = ({ kind, tier, namespace, name, action }: PolicyHitDocument) =>
    [kind, tier, namespace, name, action].join(' ');
  return pending.map(key).join('\n') === enforced.map(key).join('\n');
}

function gravity(verdict: Verdict): number {
  return ['allowed', 'dropped', 'denied'].indexOf(verdict);
}

function hitRow(hit: PolicyHitDocument, index: number): Omit<HitRow, 'href'> {
  return {
    key: `${index} ${hit.tier} ${hit.name}`,
    tier: tierText(hit),
    name: namedBy(hit).name,
    title: policyTitle(hit),
    action: hit.action,
    text: actionText(hit),
  };
}

export type PolicyText = { readonly text: string; readonly title: string };

/** A policy by its name, and by all that is known of it. */
export function policyText(hit: PolicyHitDocument): PolicyText {
  return { text: namedBy(hit).name, title: policyTitle(hit) };
}

function tierText(hit: PolicyHitDocument): string {
  if (hit.kind === 'Profile') return 'profile';
  return hit.tier === '' ? '–' : hit.tier;
}

/** The end of a tier is named after the policy that brought the endpoint into it. */
function namedBy(hit: PolicyHitDocument): { readonly namespace: string; readonly name: string } {
  if (hit.kind === 'Hidden') return { namespace: '', name: 'a policy that you cannot view' };
  return hit.kind === 'EndOfTier' && hit.trigger ? hit.trigger : hit;
}

function policyName(hit: PolicyHitDocument): string {
  const named = namedBy(hit);
  return named.namespace === '' ? named.name : `${named.namespace}/${named.name}`;
}

function policyTitle(hit: PolicyHitDocument): string {
  const tier = hit.tier === '' ? '' : `, tier ${hit.tier}`;
  if (hit.kind === 'Hidden') return `A policy in tier ${hit.tier} that you cannot view`;
  if (hit.kind !== 'EndOfTier') return `${hit.kind} ${policyName(hit)}${tier}`;
  return `End of tier ${hit.tier}: no rule matched${hit.trigger ? `; first selected by ${policyName(hit)}` : ''}`;
}

/** `deny, rule 1`; the end of a tier and rule -1 are its default action. */
function actionText(hit: PolicyHitDocument): string {
  const action = hit.action ?? 'unknown';
  if (hit.kind === 'EndOfTier' || hit.ruleIndex === -1) return `${action}, end of tier`;
  return hit.ruleIndex === null ? action : `${action}, rule ${hit.ruleIndex}`;
}
