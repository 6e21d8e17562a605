import type { PolicyKind as HitKind } from '#lib/flows/policy-trace.ts';
import type { AddressRange } from '#lib/kit/cidr.ts';
import type { Labels } from './labels.ts';
import type { Selector } from './selector.ts';

export type Direction = 'ingress' | 'egress';
export type Action = 'allow' | 'deny' | 'pass' | 'log';

export type Tier = {
  readonly name: string;
  /** Null is infinite: after every number. */
  readonly order: number | null;
  readonly defaultAction: 'deny' | 'pass';
};

/** The kinds that are evaluated, by the names that policy hits carry. */
export type PolicyKind = Exclude<
  HitKind,
  'Profile' | 'EndOfTier' | 'Unknown' | 'CiliumNetworkPolicy' | 'CiliumClusterwideNetworkPolicy'
>;

export type Policy = {
  readonly kind: PolicyKind;
  readonly tier: string;
  readonly order: number | null;
  /** Empty where the policy is global. */
  readonly namespace: string;
  readonly name: string;
  /** Which endpoints it applies to: its own selectors and its namespace in one. */
  readonly subject: Selector;
  readonly types: readonly Direction[];
  readonly ingress: readonly Rule[];
  readonly egress: readonly Rule[];
  /** What a staged policy stands for; null for an enforced one. */
  readonly stagedAction: 'set' | 'delete' | 'learn' | 'ignore' | null;
};

/** A policy that is known to be there and cannot be evaluated: where it selects, nobody knows the answer. */
export type UnevaluatedPolicy = {
  /** As an answer names it: `CiliumNetworkPolicy shop/allow-dns`. */
  readonly title: string;
  readonly subject: Selector;
  readonly types: readonly Direction[];
};

/** What is set must hold together; null and empty lists ask for nothing. */
export type Rule = {
  readonly action: Action;
  readonly ipVersion: 4 | 6 | null;
  /** In the spelling of flow records: `tcp`, `icmpv6`, `136`. */
  readonly protocol: string | null;
  readonly notProtocol: string | null;
  readonly icmp: Icmp | null;
  readonly notIcmp: Icmp | null;
  readonly source: EntityMatch;
  readonly destination: EntityMatch;
  /** True where the rule also asks for HTTP methods or paths, which no flow carries. */
  readonly asksForHttp: boolean;
};

/** A rule that passes is the end of the profiles: it denies. */
export type ProfileRules = Readonly<Record<Direction, readonly Rule[]>>;

export type Icmp = { readonly type: number; readonly code: number | null };

export type EntityMatch = {
  readonly nets: readonly AddressRange[];
  readonly notNets: readonly AddressRange[];
  /** Holds for the addresses of known endpoints and network sets only; null holds for every packet. */
  readonly selector: Selector | null;
  readonly notSelector: Selector | null;
  readonly ports: readonly PortMatch[];
  readonly notPorts: readonly PortMatch[];
  readonly service: ServiceName | null;
  /** Enterprise, on egress only. */
  readonly domains: readonly string[];
};

/** A range of numbers, both ends inclusive, or the name of a port that endpoints declare. */
export type PortMatch = { readonly first: number; readonly last: number } | { readonly name: string };

export type ServiceName = { readonly namespace: string; readonly name: string };

export type NamedPort = { readonly name: string; readonly protocol: string; readonly port: number };

/** One end of a flow, with as much as is known of it. */
export type Endpoint = {
  /** `unknown` is an end that may be anything: behind source NAT, or kept from the viewer. */
  readonly kind: 'workload' | 'host' | 'networkset' | 'network' | 'unknown';
  readonly namespace: string;
  readonly name: string;
  /**
   * Labels of the workload or of the host's HostEndpoint. Null is a host without one, and a workload of
   * whose labels nothing is known.
   */
  readonly labels: Labels | null;
  /** Null where the pod's service account is not known. */
  readonly serviceAccount: string | null;
  /** The address of the flow lies in one of these; null where nothing is known of it. */
  readonly addresses: readonly AddressRange[] | null;
  /** Null where the ports that its containers declare are not known. */
  readonly namedPorts: readonly NamedPort[] | null;
  /** Such a pod is its host: no pod selector selects it, and no pod policy applies to it. */
  readonly isHostNetworked: boolean;
  /**
   * Whether a profile allows what no policy decides, as that of a namespace does; false is deny, null is a
   * profile that is not evaluated.
   */
  readonly isAllowedByProfile: boolean | null;
  /** What its profiles say before that, the first rule that matches; most ends have none of their own. */
  readonly profileRules?: ProfileRules;
  /** Where it runs, or which host it is; null where that is not known. */
  readonly node: string | null;
  /** The pod of a workload; null where that is not known. */
  readonly pod: string | null;
};

export type NetworkSet = {
  /** Empty for a GlobalNetworkSet. */
  readonly namespace: string;
  readonly name: string;
  readonly labels: Labels;
  readonly nets: readonly AddressRange[];
  /** Enterprise: whatever addresses these names have belongs to it too, as a destination. */
  readonly domains: readonly string[];
};

export type Service = ServiceName & {
  /** Null where its endpoints are not chosen by labels. */
  readonly selector: Selector | null;
  readonly ports: readonly ServicePort[];
};

/** The port that the backends listen at, by number or by the name that they declare. */
export type ServicePort = { readonly protocol: string; readonly target: number | string };

/** Labels that endpoints inherit, by name. What is not in it has labels that nobody knows. */
export type Inherited = {
  readonly namespaces: ReadonlyMap<string, Labels>;
  /** Keyed `<namespace>/<name>`. */
  readonly serviceAccounts: ReadonlyMap<string, Labels>;
};

export type Cluster = Inherited & {
  readonly tiers: readonly Tier[];
  readonly policies: readonly Policy[];
  readonly unevaluated: readonly UnevaluatedPolicy[];
  readonly networkSets: readonly NetworkSet[];
  readonly services: readonly Service[];
};

/** Staged policies count for nothing, or stand in their place as if they were enforced. */
export type StagedMode = 'enforced-only' | 'staged-as-enforced';

export type Flow = {
  readonly source: Endpoint;
  readonly destination: Endpoint;
  /** In the spelling of flow records; null where it is not known. */
  readonly protocol: string | null;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
};
