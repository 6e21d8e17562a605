import type { FlowEndpoint } from '#lib/flows/flow-record.ts';
import { compareText } from '#lib/kit/compare-text.ts';
import { titleOf } from '../check/check-draft.ts';
import type { RecordedFlow } from '../check/recorded-flows.ts';
import type { NetworkSet } from '../model.ts';
import { type CoveringSet, coveringSets, type SetPeer } from './covering-set.ts';
import { narrowCidrs } from './narrow-cidrs.ts';
import { type WorkloadSelector, type Workloads, workloadSelectors } from './workload-selectors.ts';

/** Whom a rule lets in or out: a workload or a network set by labels, or addresses. */
export type RecommendedPeer =
  | { readonly kind: 'workload'; readonly namespace: string; readonly selector: WorkloadSelector }
  | SetPeer
  | { readonly kind: 'addresses'; readonly cidrs: readonly string[] };

export type RecommendedRule = {
  readonly peer: RecommendedPeer;
  readonly protocol: string;
  /** Empty for protocols without ports. */
  readonly ports: readonly number[];
};

export type RecommendedPolicy = {
  readonly name: string;
  readonly namespace: string;
  readonly selector: WorkloadSelector;
  /** A direction with flows that no rule can let through is left open: closed, it would deny them. */
  readonly types: readonly Way[];
  readonly ingress: readonly RecommendedRule[];
  readonly egress: readonly RecommendedRule[];
};

export type Recommendation = {
  readonly policies: readonly RecommendedPolicy[];
  /** What the policies allow beyond what was seen. */
  readonly leftOpen: readonly string[];
  /** What was seen and is not in the policies, and why. */
  readonly notCovered: readonly string[];
};

export type RecommendOptions = {
  readonly namespace: string;
  /** Connections with fewer recorded flows are left out. */
  readonly minFlows: number;
  /** Kubernetes policies know TCP, UDP and SCTP alone. */
  readonly kind: 'calico' | 'kubernetes';
  /** What addresses outside may be called; Kubernetes policies know no network sets. */
  readonly networkSets: readonly NetworkSet[];
};

type Way = 'ingress' | 'egress';
type Far = { readonly end: FlowEndpoint; readonly set: SetPeer | null };
type Open = Far & { readonly addresses: Set<string>; readonly ports: Set<number> };
type Draft = {
  readonly name: string;
  readonly own: FlowEndpoint;
  readonly selector: WorkloadSelector;
  readonly open: Set<Way>;
  readonly ways: Readonly<Record<Way, Map<string, Open & { readonly protocol: string }>>>;
};

/** The least that the recorded flows of a namespace need, as one policy for each workload in it. */
export function recommend(flows: readonly RecordedFlow[], options: RecommendOptions): Recommendation {
  const { namespace } = options;
  const workloads = workloadSelectors(flows.flatMap(({ client, server }) => [client, server]));
  const { selectorOf, isSelected } = workloads;
  const setOf = setsFor(options, workloads);
  const notCovered = new Set<string>();
  const drafts = new Map<string, Draft>();
  for (const flow of flows) {
    if (flow.recorded.allowed === 0) continue;
    for (const way of ['egress', 'ingress'] as const) {
      const [own, peer] = way === 'egress' ? [flow.client, flow.server] : [flow.server, flow.client];
      if (own.kind !== 'workload' || own.namespace !== namespace) continue;
      const selector = selectorOf(own);
      const reason = whyNot(flow, own, peer, { ...options, selectorOf, setOf });
      if (reason !== null) {
        notCovered.add(`${titleOf(flow.client)} → ${titleOf(flow.server)} ${servedText(flow)}: ${reason}`);
      }
      if (selector === null || flow.flows < options.minFlows) continue;
      const key = JSON.stringify(selector);
      const draft = drafts.get(key) ?? newDraft(own, selector);
      drafts.set(key, draft);
      if (reason === null) note(draft, way, flow, { end: peer, set: setOf(peer) });
      else draft.open.add(way);
    }
  }
  openTogether([...drafts.values()], isSelected);
  const leftOpen = new Set<string>();
  const policies = [...drafts.values()]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((draft) => policyOf(draft, namespace, selectorOf, leftOpen))
    .filter(({ types }) => types.length > 0);
  if (policies.some(({ types }) => types.includes('egress'))) leftOpen.add(dnsText);
  return { policies, leftOpen: [...leftOpen], notCovered: [...notCovered] };
}

function setsFor({ kind, networkSets, namespace }: RecommendOptions, workloads: Workloads): CoveringSet {
  return coveringSets(kind === 'calico' ? networkSets : [], namespace, workloads);
}

const dnsText = 'DNS (UDP and TCP 53) to the pods of kube-dns in kube-system, whether or not it was seen';

type Deciding = RecommendOptions & {
  readonly selectorOf: (end: FlowEndpoint) => WorkloadSelector | null;
  readonly setOf: CoveringSet;
};

/** Why a flow gets no rule; null where it gets one. */
function whyNot(
  { protocol, port, flows }: RecordedFlow,
  own: FlowEndpoint,
  peer: FlowEndpoint,
  { minFlows, kind, selectorOf, setOf }: Deciding,
): string | null {
  if (flows < minFlows) return `only ${flows} recorded, fewer than asked for`;
  if (protocol === null || port === null) return 'protocol or port is not recorded';
  if (kind === 'kubernetes' && port === 0) return `Kubernetes policies cannot speak of ${protocol}`;
  if (selectorOf(own) === null) return `no label of ${titleOf(own)} is recorded`;
  if (peer.kind === 'workload') {
    return selectorOf(peer) === null ? `no label of ${titleOf(peer)} is recorded` : null;
  }
  if (peer.kind === 'service' || peer.kind === 'unknown')
    return `what is behind ${titleOf(peer)} is not recorded`;
  return peer.address === null && setOf(peer) === null ? `no address of ${titleOf(peer)} is recorded` : null;
}

/** A workload whose labels are some of another's selects that one too, and must not close what that leaves open. */
function openTogether(drafts: readonly Draft[], isSelected: Workloads['isSelected']): void {
  let opened = 1;
  while (opened > 0) {
    opened = 0;
    for (const { selector, open } of drafts) {
      const before = open.size;
      for (const other of drafts) {
        if (isSelected(selector, other.own)) for (const way of other.open) open.add(way);
      }
      opened += open.size - before;
    }
  }
}

function newDraft(own: FlowEndpoint, selector: WorkloadSelector): Draft {
  return { name: own.name, own, selector, open: new Set(), ways: { ingress: new Map(), egress: new Map() } };
}

function note({ ways }: Draft, way: Way, { protocol, port }: RecordedFlow, { end, set }: Far): void {
  const key = `${farKey(end, set, port)} ${protocol}`;
  const open = ways[way].get(key) ?? {
    end,
    set: end.kind === 'workload' ? null : set,
    addresses: new Set(),
    ports: new Set(),
    protocol: protocol ?? '',
  };
  ways[way].set(key, open);
  if (port !== null && port !== 0) open.ports.add(port);
  if (end.address !== null) open.addresses.add(end.address);
}

function farKey({ kind, namespace, name }: FlowEndpoint, set: SetPeer | null, port: number | null): string {
  if (kind === 'workload') return `pods ${namespace}/${name}`;
  return set === null ? `addresses ${port}` : `set ${set.namespace}/${set.name}`;
}

function policyOf(
  { name, selector, open, ways }: Draft,
  namespace: string,
  selectorOf: (end: FlowEndpoint) => WorkloadSelector | null,
  leftOpen: Set<string>,
): RecommendedPolicy {
  const rulesOf = (way: Way): readonly RecommendedRule[] => {
    const byText = new Map<string, RecommendedRule>();
    for (const { end, set, addresses, ports, protocol } of ways[way].values()) {
      const peer = set ?? peerOf(end, addresses, selectorOf);
      if (peer === null) continue;
      noteOpen(leftOpen, { name, way, end, peer, seen: addresses.size });
      const key = JSON.stringify([peer, protocol]);
      const known = byText.get(key);
      const all = [...new Set([...(known?.ports ?? []), ...ports])].sort((a, b) => a - b);
      byText.set(key, { peer, protocol, ports: all });
    }
    return [...byText.entries()].sort(([a], [b]) => compareText(a, b)).map(([, rule]) => rule);
  };
  for (const way of open) leftOpen.add(`${name}: ${way} as a whole, since not all of it could be covered`);
  return {
    name,
    namespace,
    selector,
    types: (['ingress', 'egress'] as const).filter((way) => !open.has(way)),
    ingress: open.has('ingress') ? [] : rulesOf('ingress'),
    egress: open.has('egress') ? [] : [...dnsRules, ...rulesOf('egress')],
  };
}

const dns: RecommendedPeer = {
  kind: 'workload',
  namespace: 'kube-system',
  selector: [['k8s-app', 'kube-dns']],
};
const dnsRules: readonly RecommendedRule[] = [
  { peer: dns, protocol: 'udp', ports: [53] },
  { peer: dns, protocol: 'tcp', ports: [53] },
];

function peerOf(
  end: FlowEndpoint,
  addresses: ReadonlySet<string>,
  selectorOf: (end: FlowEndpoint) => WorkloadSelector | null,
): RecommendedPeer | null {
  if (end.kind !== 'workload') return { kind: 'addresses', cidrs: narrowCidrs(addresses).cidrs };
  const selector = selectorOf(end);
  return selector === null ? null : { kind: 'workload', namespace: end.namespace ?? '', selector };
}

type Opened = {
  readonly name: string;
  readonly way: Way;
  readonly end: FlowEndpoint;
  readonly peer: RecommendedPeer;
  readonly seen: number;
};

function noteOpen(leftOpen: Set<string>, { name, way, end, peer, seen }: Opened): void {
  if (end.kind === 'host' && way === 'ingress') {
    leftOpen.add(
      `${name}: addresses of nodes. A node always reaches its own pods, so probes need no rule; these let other nodes in, and change with them`,
    );
  }
  if (peer.kind === 'set') {
    const title = peer.namespace === '' ? peer.name : `${peer.namespace}/${peer.name}`;
    leftOpen.add(`${name} ${way}: all of network set ${title}, for ${seen} addresses that were seen`);
  }
  if (peer.kind === 'addresses' && peer.cidrs.some((cidr) => !/\/(32|128)$/.test(cidr))) {
    leftOpen.add(`${name} ${way}: ${peer.cidrs.join(', ')}, for ${seen} addresses that were seen`);
  }
}

function servedText({ protocol, port }: RecordedFlow): string {
  return [protocol ?? 'unknown protocol', ...(port === null || port === 0 ? [] : [String(port)])].join(' ');
}
