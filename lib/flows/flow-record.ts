import type { Latency } from './latency.ts';
import type { PolicyTrace } from './policy-trace.ts';
import type { Reporter, Verdict } from './verdict.ts';

/**
 * One log line, normalised and oriented client → server. Formats differ in what they know, never in
 * what a field means: null is "the source does not say" and is not 0.
 */
export type FlowRecord = {
  readonly sourceKind: SourceKind;
  /** Milliseconds since the epoch, UTC. A record counts whole in the minute of its start. */
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  /**
   * Where it was seen, in the source's own word (Hubble's `cluster/node`, an agent's address); null where
   * the source gathers before it tells (Whisker, Goldmane).
   */
  readonly node: string | null;
  /** Seen from the connection, not the packet: `source` is the client's side. */
  readonly reporter: Reporter;
  readonly verdict: Verdict;
  /** Why the record is kept but not counted, null for an ordinary one. */
  readonly uncounted: 'traced' | 'translated' | 'duplicate' | null;
  /** Why the packets were lost, in the source's own word; only where verdict is not `allowed`. */
  readonly dropReason: string | null;
  readonly client: FlowEndpoint;
  readonly server: FlowEndpoint;
  /** Lower-case IANA keyword (`tcp`, `udp`, `sctp`, `icmp`, `icmpv6`) or the decimal number. */
  readonly protocol: string;
  readonly orientation: Orientation;
  readonly flows: number;
  /** Openings in this record: its own count, or 1 / 0 for a TCP packet with / without an opening SYN. */
  readonly connections: number | null;
  /** Both directions, already multiplied by the sampling rate. */
  readonly bytes: number | null;
  readonly packets: number | null;
  /** 1 in `sampling` packets was seen; 1 is all of them. */
  readonly sampling: number;
  /** True where `connections` is 1 because of a SYN: the same packet may be logged again within a second. */
  readonly isSyn: boolean;
  /** Which of the two events of one denied packet this is (Hubble logs both), null for anything else. */
  readonly denialEvent: 'policy-verdict' | 'drop' | null;
  /** How long it took, where the source measured it. */
  readonly latency: Latency | null;
  /** At most one per direction; empty where the source records no policies. */
  readonly traces: readonly PolicyTrace[];
};

export const sourceKinds = ['hubble', 'calico', 'whisker', 'goldmane', 'netobserv', 'aws-vpc'] as const;

/** The kind of collector a record comes from. Two kinds on one cluster never add up. */
export type SourceKind = (typeof sourceKinds)[number];

/** How client and server were told apart, in the order in which the rules are tried. */
export const orientations = [
  'is-reply',
  'syn',
  'listening-port',
  'ephemeral-port',
  'lower-port',
  'as-recorded',
] as const;

export type Orientation = (typeof orientations)[number];

export const endpointKinds = [
  'workload',
  'service',
  'host',
  'networkset',
  'domain',
  'network',
  'unknown',
] as const;

export type EndpointKind = (typeof endpointKinds)[number];

/** One end of a flow, at workload grain. */
export type FlowEndpoint = {
  readonly kind: EndpointKind;
  /** null where the end has none: never an invented namespace. */
  readonly namespace: string | null;
  /**
   * Workload, service, host, network set or domain name; `public` or `private` for a network; the
   * reserved identity for Hubble's hosts; '' where nothing is known.
   */
  readonly name: string;
  /** `Deployment` and the like; not part of the identity. */
  readonly workloadKind: string | null;
  readonly pod: string | null;
  /** The cluster that the record itself names for this end, null where it names none. */
  readonly cluster: string | null;
  /** Sorted `key=value`, without pod-template-hash and its like; null where the record has no labels. */
  readonly labels: readonly string[] | null;
  readonly address: string | null;
  readonly port: number | null;
};

/** A line that is no countable flow and is no error. */
export const ignoredReasons = [
  'lost-events',
  'node-status',
  'no-time',
  'transit',
  'blank',
  'agent-event',
  'header',
  'no-data',
] as const;

export type IgnoredReason = (typeof ignoredReasons)[number];

/** Why a line was refused: `code` is stable, `field` names the place in it, `message` says what to do. */
export type ParseError = {
  readonly code: string;
  readonly field: string | null;
  readonly message: string;
};

/** What one log line became. */
export type ParsedLine =
  | { readonly kind: 'flow'; readonly record: FlowRecord }
  | { readonly kind: 'ignored'; readonly reason: IgnoredReason; readonly lostEvents: number }
  | { readonly kind: 'rejected'; readonly error: ParseError };
