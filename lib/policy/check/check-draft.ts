import type { FlowEndpoint } from '#lib/flows/flow-record.ts';
import type { AddressRange } from '#lib/kit/cidr.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import { addressPieces, everyIpv4 } from '../address-pieces.ts';
import { compile } from '../compile.ts';
import type { Verdict } from '../complete-world.ts';
import { createDecider } from '../decider/decider.ts';
import type { FlowDecision } from '../decider/flow-decision.ts';
import { decisionTitle } from '../explain.ts';
import type { Policy } from '../model.ts';
import type { ClusterReading } from '../parse/read-policies.ts';
import type { Peer } from '../parse/workloads.ts';
import { flowEnds, pieceFinder } from './flow-ends.ts';
import type { RecordedFlow } from './recorded-flows.ts';

/** A connection and what base and draft say of it. */
export type CheckedFlow = {
  readonly src: string;
  readonly dst: string;
  readonly port: number | null;
  readonly protocol: string | null;
  readonly before: Verdict;
  readonly after: Verdict;
  readonly flows: number;
  /** What the flow logs say, beside the answers and never their baseline. */
  readonly recorded: RecordedFlow['recorded'];
  /** The step of the draft's evaluation that decided, in words. */
  readonly decidedBy: string;
  readonly missing: readonly string[];
  /** The policy of that step. */
  readonly policy: Policy | null;
};

export type Check = {
  /** Connections, each a client, server, protocol and port. */
  readonly summary: {
    readonly same: number;
    readonly newlyDenied: number;
    readonly newlyAllowed: number;
    readonly undecidable: number;
  };
  readonly newlyDenied: readonly CheckedFlow[];
  readonly newlyAllowed: readonly CheckedFlow[];
  readonly undecidable: readonly CheckedFlow[];
};

const everyIpv6: AddressRange = { version: 6, first: 0n, last: (1n << 128n) - 1n };

/** What recorded flows would meet under the draft, against what they meet under the base. */
export function checkDraft(
  base: ClusterReading,
  draft: ClusterReading,
  flows: readonly RecordedFlow[],
): Check {
  const pieces = addressPieces([base.cluster, draft.cluster], [everyIpv4, everyIpv6]);
  const pieceOf = pieceFinder(pieces);
  const before = judge(base, pieceOf);
  const after = judge(draft, pieceOf);
  const checked = new Map<string, CheckedFlow>();
  const titleIn = titles([...base.peers, ...draft.peers]);
  for (const flow of flows) {
    const was = before(flow);
    const becomes = after(flow);
    const one = checkedFlow(flow, was, becomes, titleIn);
    const key = [one.src, one.dst, one.port, one.protocol, one.before, one.after, one.decidedBy].join('\n');
    const known = checked.get(key);
    checked.set(key, known === undefined ? one : added(known, one));
  }
  return sorted([...checked.values()]);
}

function judge(reading: ClusterReading, pieceOf: (address: string) => AddressRange | null) {
  const decider = createDecider(compile(reading.cluster, 'enforced-only'));
  const endOf = flowEnds(reading, pieceOf);
  return ({ client, server, protocol, port }: RecordedFlow): FlowDecision =>
    decider.decide({ source: endOf(client), destination: endOf(server), protocol, port });
}

function checkedFlow(
  flow: RecordedFlow,
  was: FlowDecision,
  becomes: FlowDecision,
  titleIn: (end: FlowEndpoint) => string,
): CheckedFlow {
  const { port, protocol, flows, recorded } = flow;
  const { text, policy } = deciding(becomes);
  return {
    src: titleIn(flow.client),
    dst: titleIn(flow.server),
    port: port === 0 ? null : port,
    protocol,
    before: was.verdict,
    after: becomes.verdict,
    flows,
    recorded,
    decidedBy: text,
    missing: [...new Set([...was.missing, ...becomes.missing])],
    policy,
  };
}

function deciding({ verdict, egress, ingress }: FlowDecision): {
  readonly text: string;
  readonly policy: Policy | null;
} {
  const ways = [
    { way: 'egress', ...egress },
    { way: 'ingress', ...ingress },
  ];
  const shown = verdict === 'denied' ? ways.filter((one) => one.verdict === 'denied').slice(0, 1) : ways;
  const policies = shown.map(({ decision }) => policyOf(decision)).filter((policy) => policy !== null);
  const parts = shown.flatMap(({ way, decision, verdict: said }) => {
    if (decision !== null) return [`${way}: ${decisionTitle(decision)}`];
    return said === 'undecidable' ? [] : [`${way}: one of several steps, all to the same verdict`];
  });
  return { text: parts.join('; '), policy: policies[0] ?? null };
}

function policyOf(decision: FlowDecision['egress']['decision']): Policy | null {
  if (decision?.kind === 'rule') return decision.policy;
  return decision?.kind === 'end-of-tier' ? decision.trigger : null;
}

/** The names that manifests give, where the log does not tell the kind of a workload. */
function titles(peers: readonly Peer[]): (end: FlowEndpoint) => string {
  const byName = Map.groupBy(new Set(peers.map(({ title }) => title)), (title) =>
    title.replace(/\[\w+\]$/, ''),
  );
  return (end) => {
    const title = titleOf(end);
    const [only, more] =
      end.kind === 'workload' && end.workloadKind === null ? (byName.get(title) ?? []) : [];
    return only !== undefined && more === undefined ? only : title;
  };
}

/** `shop/front[Deployment]`; else the address, or what little is known. */
export function titleOf({ kind, namespace, name, workloadKind, address }: FlowEndpoint): string {
  const own = namespace === null ? name : `${namespace}/${name}`;
  if (kind === 'workload') return workloadKind === null ? own : `${own}[${workloadKind}]`;
  if (kind === 'host') return `host ${name}`;
  if (kind === 'networkset') return `network set ${own}`;
  if (kind === 'service') return `service ${own}`;
  if (kind === 'domain') return name;
  return address ?? (name === '' ? 'unknown' : `${name} network`);
}

function added(one: CheckedFlow, other: CheckedFlow): CheckedFlow {
  return {
    ...one,
    flows: one.flows + other.flows,
    recorded: {
      allowed: one.recorded.allowed + other.recorded.allowed,
      denied: one.recorded.denied + other.recorded.denied,
      dropped: one.recorded.dropped + other.recorded.dropped,
    },
    missing: [...new Set([...one.missing, ...other.missing])],
  };
}

function sorted(checked: readonly CheckedFlow[]): Check {
  const byFlows = [...checked].sort(
    (a, b) => b.flows - a.flows || compareText(a.src, b.src) || compareText(a.dst, b.dst),
  );
  const undecidable = byFlows.filter(
    ({ before, after }) => before === 'undecidable' || after === 'undecidable',
  );
  const decided = byFlows.filter(({ before, after }) => before !== 'undecidable' && after !== 'undecidable');
  const newlyDenied = decided.filter(({ before, after }) => before === 'allowed' && after === 'denied');
  const newlyAllowed = decided.filter(({ before, after }) => before === 'denied' && after === 'allowed');
  const summary = {
    same: decided.length - newlyDenied.length - newlyAllowed.length,
    newlyDenied: newlyDenied.length,
    newlyAllowed: newlyAllowed.length,
    undecidable: undecidable.length,
  };
  return { summary, newlyDenied, newlyAllowed, undecidable };
}
