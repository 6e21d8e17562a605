import type { FlowRecord } from '#lib/flows/flow-record.ts';

import type { ChannelEntry, PodEntry, TraceEntry } from './dimension-entries.ts';
import type { WrittenRow } from './flow-rows.ts';
import type { TraceIds } from './trace-cells.ts';
import type { TupleHash } from './tuple-hash.ts';

export type ResolvedAddress = { readonly bytes: Uint8Array; readonly hash: TupleHash };

/** A record with everything that it names: good for all records that differ in time and client's port alone. */
export type ResolvedFlow = {
  readonly record: FlowRecord;
  /** The cluster that logged it. */
  readonly cluster: string;
  readonly channel: ChannelEntry;
  readonly clientPod: PodEntry | null;
  readonly serverPod: PodEntry | null;
  readonly traces: readonly TraceEntry[];
  readonly traceIds: TraceIds;
  readonly clientAddress: ResolvedAddress | null;
  readonly serverAddress: ResolvedAddress | null;
  /** Which packet event it is, 0 where it is none or is not counted. */
  readonly event: number;
};

/** What an ingest keeps of a flow of one day for the records that are like it. */
export type KnownFlow = { readonly flow: ResolvedFlow; readonly day: number; readonly row: WrittenRow };
