import type { Sides } from '#lib/access/redact.ts';
import type { EndpointKind } from '#lib/flows/flow-record.ts';
import type { Verdict } from '#lib/flows/verdict.ts';

/** What the graph is made of, before it becomes a document. */

/** One end of traffic at the grain of the question; `name` is '' where the question groups by namespace. */
export type End = {
  readonly cluster: string;
  readonly kind: EndpointKind | 'namespace' | 'cluster' | 'outside-scope';
  readonly namespace: string | null;
  readonly name: string;
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
export type Traffic = {
  readonly source: End;
  readonly target: End;
  readonly inScope: Sides;
  readonly protocol: string;
  readonly port: number | 'other' | null;
  readonly verdict: Verdict;
  readonly sums: Sums;
  /** Start of the last bucket with such traffic. */
  readonly lastSeenMs: number;
};
