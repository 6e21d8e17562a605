import type { Sides } from '#lib/access/redact.ts';
import type { EndpointKind } from '#lib/flows/flow-record.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { Layer } from './layers.ts';

/** What the graph is made of, before it becomes a document. */

/** One end of traffic at the grain of the question; `name` is '' where the question groups by namespace. */
export type End = {
  readonly cluster: string;
  readonly kind: EndpointKind | 'namespace' | 'cluster' | 'outside-scope';
  readonly namespace: string | null;
  readonly name: string;
};

/** The server port of traffic: null where the protocol has none, `other` where many were folded together. */
export type ServedPort = { readonly protocol: string; readonly port: number | 'other' | null };

/** Names in one namespace, in order: services that share their endpoints, and the workloads behind them. */
export type ServiceGroup = { readonly services: readonly string[]; readonly workloads: readonly string[] };

/**
 * One end as it is drawn: at the level of the graph, further in where a node is expanded, or as what stands
 * for several.
 */
export type DrawnEnd = Omit<End, 'kind'> & {
  readonly kind: End['kind'] | 'layer' | 'service-group';
  /** The server port of the workload or service that this node is. */
  readonly served?: ServedPort;
  readonly layer?: Layer;
  readonly group?: ServiceGroup;
  /** The expanded node around this one. */
  readonly within?: DrawnEnd;
};

/** A sum over records; a counter adds up those that know it, and `known` says how many did. */
export type Sums = {
  readonly records: number;
  readonly flows: number;
  readonly connections: number;
  readonly connectionsKnown: number;
  readonly bytes: number;
  readonly bytesKnown: number;
  readonly packets: number;
  readonly packetsKnown: number;
};

/** The counted traffic between two ends on one server port, of one verdict, in one window. */
export type Traffic = ServedPort & {
  readonly source: End;
  readonly target: End;
  readonly inScope: Sides;
  readonly verdict: Verdict;
  readonly sums: Sums;
  /** Start of the last bucket with such traffic. */
  readonly lastSeenMs: number;
};

export type DrawnTraffic = Omit<Traffic, 'source' | 'target'> & {
  readonly source: DrawnEnd;
  readonly target: DrawnEnd;
};
