import { noHit, type PolicyText, policyText } from '#components/graph/detail-view.ts';
import { policyHref } from '#components/graph/policy-href.ts';
import type { Comparison, EdgeChange } from '#lib/contracts/compare.ts';
import type { DenialDocument, Denials } from '#lib/contracts/denials.ts';
import type { GraphDocument, NodeDetail } from '#lib/contracts/graph.ts';
import type { NamespaceCoverage } from '#lib/contracts/overlay.ts';
import { flowsOf } from '#lib/graph/flows-of.ts';
import type { Amount } from '#lib/kit/amount.ts';
import { portText, totalsOf } from '#lib/picture/amounts.ts';

/** What the page of a team or a namespace shows, made from the documents of its namespaces. */

type Contact = NonNullable<NodeDetail['contact']>;

export type HomeTotals = {
  readonly connectionsIn: Amount;
  readonly connectionsOut: Amount;
  readonly denied: Amount;
  readonly neighbours: number;
};

/** How much goes in and out; traffic among the namespaces themselves is neither. */
export function toTotals({ nodes, edges }: GraphDocument, own: ReadonlySet<string>): HomeTotals {
  const into = edges.filter(({ source, target }) => own.has(target) && !own.has(source));
  const out = edges.filter(({ source, target }) => own.has(source) && !own.has(target));
  return {
    connectionsIn: totalsOf(into).connections,
    connectionsOut: totalsOf(out).connections,
    denied: totalsOf(edges).denied,
    neighbours: nodes.filter(({ id }) => !own.has(id)).length,
  };
}

export type ChangeRow = {
  readonly edgeId: string;
  readonly change: EdgeChange;
  readonly from: string;
  readonly to: string;
  readonly flows: number;
  readonly baseFlows: number;
  /** True where something is denied that was not before. */
  readonly isNewlyDenied: boolean;
};

export type PeerRow = {
  readonly nodeId: string;
  readonly edgeId: string;
  readonly name: string;
  /** `in`: it calls; `out`: it is called. */
  readonly side: 'in' | 'out' | 'both';
  readonly flows: number;
  readonly isDenied: boolean;
};

export type HomeChanges = {
  /** Neighbours without any traffic in the window before, the busiest first. */
  readonly newPeers: readonly PeerRow[];
  /** Everything else that is not as it was, what is denied anew first. */
  readonly changes: readonly ChangeRow[];
};

const weights: Readonly<Record<EdgeChange, number>> = { new: 3, gone: 2, more: 1, less: 1, same: 0 };

/** What became of the traffic of some namespaces since the window before. */
export function toChanges({ nodes, edges }: Comparison, own: ReadonlySet<string>): HomeChanges {
  const names = new Map(nodes.map(({ id, label }) => [id, label]));
  const byPeer = Map.groupBy(
    edges.filter(({ source, target }) => own.has(source) !== own.has(target)),
    ({ source, target }) => (own.has(source) ? target : source),
  );
  const newPeers = [...byPeer].filter(([, those]) => those.every(({ change }) => change === 'new'));
  const isOfNewPeer = new Set(newPeers.flatMap(([, those]) => those.map(({ id }) => id)));
  return {
    newPeers: newPeers
      .map(([nodeId, those]) => peerRow(nodeId, those, names.get(nodeId) ?? nodeId))
      .toSorted((a, b) => b.flows - a.flows),
    changes: edges
      .filter((edge) => !isOfNewPeer.has(edge.id) && (edge.change !== 'same' || isNewlyDenied(edge)))
      .map((edge) => ({
        edgeId: edge.id,
        change: edge.change,
        from: names.get(edge.source) ?? edge.source,
        to: names.get(edge.target) ?? edge.target,
        flows: flowsOf(edge),
        baseFlows: flowsOf(edge.base),
        isNewlyDenied: isNewlyDenied(edge),
      }))
      .toSorted((a, b) => gravity(b) - gravity(a) || difference(b) - difference(a)),
  };
}

type ComparedEdge = Comparison['edges'][number];

function peerRow(nodeId: string, edges: readonly ComparedEdge[], name: string): PeerRow {
  const busiest = edges.toSorted((a, b) => flowsOf(b) - flowsOf(a))[0];
  const calls = edges.some(({ source }) => source === nodeId);
  const isCalled = edges.some(({ target }) => target === nodeId);
  return {
    nodeId,
    edgeId: busiest?.id ?? '',
    name,
    side: calls && isCalled ? 'both' : calls ? 'in' : 'out',
    flows: edges.reduce((sum, edge) => sum + flowsOf(edge), 0),
    isDenied: edges.every(({ allowed }) => allowed.flows === 0),
  };
}

function isNewlyDenied({ changes }: ComparedEdge): boolean {
  return changes.denied === 'new';
}

function gravity({ change, isNewlyDenied: isDenied }: ChangeRow): number {
  return weights[change] + (isDenied ? 10 : 0);
}

function difference({ flows, baseFlows }: ChangeRow): number {
  return Math.abs(flows - baseFlows);
}

export type DecisionRow = PolicyText & {
  readonly key: string;
  readonly flows: number;
  /** `out of shop` or `into shop`. */
  readonly where: string;
  readonly tier: string | null;
  /** Where the policy is shown; null where there is none, or none to see. */
  readonly href: string | null;
};

/** Whom to ask, and why them. */
export type AskRow = {
  readonly why: string;
  readonly name: string | null;
  readonly contact: Contact | null;
  readonly admins: readonly string[];
};

export type DenialRow = {
  readonly edgeId: string;
  readonly from: string;
  readonly to: string;
  readonly ports: readonly string[];
  readonly flows: number;
  readonly allowedFlows: number;
  readonly lastSeenAtMs: number;
  readonly decisions: readonly DecisionRow[];
  readonly asks: readonly AskRow[];
};

type DenialNode = Denials['nodes'][number];

/** What was denied, by what as far as one may know, and whom to ask about it. */
export function toDenials({ nodes, denials }: Denials, admins: readonly string[]): readonly DenialRow[] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  return denials.map((denial) => {
    const [source, target] = [byId.get(denial.source), byId.get(denial.target)];
    return {
      edgeId: denial.edge,
      from: source?.label ?? denial.source,
      to: target?.label ?? denial.target,
      ports: denial.ports.map(portText),
      flows: denial.denied.flows,
      allowedFlows: denial.allowedFlows,
      lastSeenAtMs: Date.parse(denial.lastSeenAt),
      decisions: decisionsOf(denial, source, target),
      asks: asksOf(denial, { source, target, admins }),
    };
  });
}

function decisionsOf(
  { decided, denied }: DenialDocument,
  source: DenialNode | undefined,
  target: DenialNode | undefined,
): readonly DecisionRow[] {
  const far = [source, target].find((node) => node?.inScope === false);
  if (decided.length === 0) {
    const text = far
      ? `Decided on the side of ${far.label}, whose policies are not yours to see`
      : 'The records name no policy';
    return [{ key: 'none', text, title: text, flows: denied.flows, where: '', tier: null, href: null }];
  }
  return decided.map(({ direction, flows, by, hidden }, index) => {
    const end = direction === 'egress' ? source : target;
    const where = `${direction === 'egress' ? 'out of' : 'into'} ${end?.label ?? ''}`;
    const key = `${direction} ${index}`;
    if (by === null) {
      const text = noHit(hidden);
      return { key, text, title: text, flows, where, tier: null, href: null };
    }
    const { text, title } = policyText(by);
    const isHidden = by.kind === 'Hidden';
    return {
      key,
      text: isHidden ? title : text,
      title,
      flows,
      where,
      tier: isHidden || by.tier === '' ? null : by.tier,
      href: policyHref(end?.cluster ?? '', direction, by),
    };
  });
}

/** The people of the side that decided where one may see what; those of the far side; else who hands out access. */
function asksOf(
  { decided }: DenialDocument,
  {
    source,
    target,
    admins,
  }: {
    readonly source: DenialNode | undefined;
    readonly target: DenialNode | undefined;
    readonly admins: readonly string[];
  },
): readonly AskRow[] {
  const isSeen = decided.some(({ by }) => by !== null && by.kind !== 'Hidden');
  const isHidden = decided.some(({ by, hidden }) => hidden || by?.kind === 'Hidden');
  const ends = [source, target].filter((node) => node !== undefined);
  const own = ends.filter(({ inScope, contact }) => inScope && contact !== null);
  const far = ends.filter(({ inScope, contact }) => !inScope && contact !== null);
  const ask = (node: DenialNode) => asked(node, node === source ? 'the client' : 'the server');
  const rows = [...far.map(ask), ...(isSeen ? own.map(ask) : [])];
  if (isHidden || rows.length === 0)
    rows.push({
      why: isHidden ? 'know who keeps that policy' : 'know who keeps the other side',
      name: null,
      contact: null,
      admins,
    });
  return rows;
}

function asked({ label, contact }: DenialNode, why: string): AskRow {
  return { why, name: label, contact, admins: [] };
}

export type CoverageRow = {
  readonly namespace: string;
  readonly coverage: NamespaceCoverage | null;
};

/** How far the policies reach, namespace by namespace; null: the inventory knows no workload there. */
export function toCoverage(
  { overlay }: GraphDocument,
  cluster: string,
  namespaces: readonly string[],
): readonly CoverageRow[] {
  const found = new Map(
    (overlay?.coverage ?? []).filter((one) => one.cluster === cluster).map((one) => [one.namespace, one]),
  );
  return namespaces.map((namespace) => ({ namespace, coverage: found.get(namespace) ?? null }));
}
