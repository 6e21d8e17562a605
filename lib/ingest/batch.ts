import { reporterCode, verdictCode } from '#lib/db/codes.ts';
import type { FlowEndpoint, FlowRecord, IgnoredReason, ParseError } from '#lib/flows/flow-record.ts';
import { type KnownLine, type Pattern, recordOfKnown } from '#lib/flows/known-lines.ts';
import { addressError, addressOf } from './address-bytes.ts';
import { sourceKindCode } from './codes.ts';
import type { ChannelEntry, NewDimensions, Pair } from './dimension-entries.ts';
import { type Dimensions, UnstorableName } from './dimensions.ts';
import { type ExternalAddresses, noteAddress, type Side } from './external-addresses.ts';
import { createFlowRows } from './flow-rows.ts';
import type { Id } from './id63.ts';
import { addLatency, packLatency } from './latency-cells.ts';
import { type BatchCounts, createLineCounts, type RejectedLine } from './line-counts.ts';
import { clustersOf } from './local-cluster.ts';
import { createPacketEvents, eventOf, type TupleEvents } from './packet-events.ts';
import { type Named, Repeat } from './repeat.ts';
import { type Amounts, addAmounts, type Cell, emptyCell } from './rollup-cells.ts';
import {
  daysIn,
  type LostEvents,
  noteLost,
  noteSource,
  recordsByCluster,
  type SourceCells,
} from './source-cells.ts';
import type { UnreadRecord } from './source-record.ts';
import { unstorable } from './storable.ts';
import { addTraces, noTraces, type TraceCells, type TraceIds } from './trace-cells.ts';
import { type TupleHash, tupleHash } from './tuple-hash.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const HOURS_PER_MINUTE = 1 / 60;

const nothingKept: Amounts = { flows: 0, connections: null, bytes: null, packets: null };

/** What is collected before it is written in one transaction. */
export type Batch = {
  readonly id: Id;
  readonly dimensions: NewDimensions;
  readonly flows: ReturnType<typeof createFlowRows>;
  readonly cells: readonly Cell[];
  readonly traces: TraceCells;
  /** Where traffic of ends without a namespace came from or went to. */
  readonly addresses: ExternalAddresses;
  readonly widePairs: ReadonlySet<Pair>;
  /** Packet events by 5-tuple. */
  readonly tuples: ReadonlyMap<number, TupleEvents>;
  readonly days: ReadonlySet<number>;
  /** Records by the cluster that logged them. */
  readonly clusters: ReadonlyMap<string, number>;
  readonly sources: SourceCells;
  readonly counts: Readonly<BatchCounts>;
  readonly reasons: ReadonlyMap<string, number>;
  readonly rejected: readonly RejectedLine[];
  readonly span: { readonly firstMs: number; readonly lastMs: number };
  readonly sampling: number;
};

export type BatchBuilder = ReturnType<typeof createBatchBuilder>;

type RecordSpan = Pick<FlowRecord, 'startedAtMs' | 'endedAtMs'>;

/** The record that was added last. */
type Made = {
  readonly named: Named;
  readonly record: FlowRecord;
  readonly startedAtMs: number;
  /** Nothing of it is still to be written with this batch. */
  readonly isStored: boolean;
};

/** Collects records: raw rows, counters and events, with every name replaced by its id. */
export function createBatchBuilder(
  id: Id,
  ofCluster: string | null,
  dimensions: Dimensions,
  lost: LostEvents,
) {
  const { fresh, widePairs } = dimensions.begin();
  const memory = dimensions.memory();
  const addresses: ExternalAddresses = new Map();
  const flows = createFlowRows();
  const cells: Cell[] = [];
  const traces: TraceCells = new Map();
  const events = createPacketEvents();
  const lines = createLineCounts();
  const sources: SourceCells = new Map();
  let made: Made | null = null;
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  let sampling = 1;

  function ignore(reason: IgnoredReason, lostEvents: number): void {
    lines.ignore(reason, lostEvents);
    if (lostEvents > 0) noteLost(sources, lost, lostEvents);
  }

  /** Answers whether it was good. */
  function accept(source: UnreadRecord, record: FlowRecord): boolean {
    const error = unstorable(record) ?? addressError(record) ?? tryToAdd(record);
    if (error !== null) {
      lines.reject(source, error);
      return false;
    }
    lines.accept();
    return true;
  }

  function tryToAdd(record: FlowRecord): ParseError | null {
    try {
      add(record);
      return null;
    } catch (thrown) {
      if (!(thrown instanceof UnstorableName)) throw thrown;
      return { code: 'nul-byte', field: null, message: thrown.message };
    }
  }

  /** More will come that are like the record that was added last. */
  function remember(like: Pattern): void {
    if (made === null) return;
    const { named, record, startedAtMs, isStored } = made;
    const row = flows.form();
    if (row === null) return;
    const day = Math.floor(startedAtMs / DAY_MS);
    const standing = { memory, day, serverPort: record.server.port, batch: isStored ? null : id };
    like.memo = new Repeat(
      named,
      row,
      eventOf(record) === 0 ? null : events.endsOf(record, named.cluster),
      standing,
    );
  }

  /** The record that it is like was accepted; so is this one. */
  function acceptKnown(line: KnownLine): void {
    lines.accept();
    const { like, startedAtMs, serverPort } = line;
    const { memo } = like;
    const day = Math.floor(startedAtMs / DAY_MS);
    if (!(memo instanceof Repeat && memo.holds(memory, id, day, serverPort))) {
      add(recordOfKnown(line));
      remember(like);
      return;
    }
    const { named, row, ends } = memo;
    dimensions.meet(named.channel);
    flows.addAgain(row, line, id);
    const tuple =
      ends === null ? null : tupleHash(ends.origin, ends.client, line.clientPort, ends.server, serverPort);
    note(like.record, named, tuple, { startedAtMs, endedAtMs: startedAtMs });
  }

  function add(record: FlowRecord): void {
    const { client, server } = record;
    const unstored = dimensions.unstored();
    const where = clustersOf(record, ofCluster);
    const channel = dimensions.channelOf(client, server, where.client, where.server, record.protocol);
    const clientPod = client.pod === null ? null : dimensions.podOf(channel.client, client.pod);
    const serverPod = server.pod === null ? null : dimensions.podOf(channel.server, server.pod);
    const ids = record.traces.length === 0 ? noTraces : traceIds(record);
    const startedAtMs = Math.floor(record.startedAtMs);
    const day = Math.floor(startedAtMs / DAY_MS);
    dimensions.noteLabels(channel.client, client.labels, day);
    dimensions.noteLabels(channel.server, server.labels, day);
    flows.add({
      record,
      startedAtMs,
      channel,
      batch: id,
      clientPod,
      serverPod,
      traces: ids,
      clientAddress: addressOf(client.address)?.bytes ?? null,
      serverAddress: addressOf(server.address)?.bytes ?? null,
    });
    const named = { channel, traces: ids, cluster: where.local };
    made = { named, record, startedAtMs, isStored: dimensions.unstored() === unstored };
    note(record, named, events.tupleOf(record, where.local), { startedAtMs, endedAtMs: record.endedAtMs });
  }

  /** Counts what the row says that was just added; `tuple` is null for what is no event of a packet. */
  function note(record: FlowRecord, named: Named, tuple: TupleHash | null, span: RecordSpan): void {
    const { startedAtMs } = span;
    if (startedAtMs < firstMs) firstMs = startedAtMs;
    if (startedAtMs > lastMs) lastMs = startedAtMs;
    if (record.sampling > sampling) sampling = record.sampling;
    noteSource(sources, lost, named.cluster, record, Math.floor(startedAtMs / MINUTE_MS), span);
    if (record.uncounted === null) count(record, named, tuple, startedAtMs);
  }

  function count(record: FlowRecord, named: Named, tuple: TupleHash | null, atMs: number): void {
    const ids = named.traces;
    const minute = Math.floor(atMs / MINUTE_MS);
    const cell = cellOf(named.channel, record, minute);
    // Whether a SYN opens anything is decided when the batch is written, with what was seen before.
    const connections = tuple !== null && record.isSyn ? 0 : record.connections;
    addAmounts(cell, record, connections, 1);
    if (record.latency !== null) addLatency(cell, packLatency(record.latency), 1);
    noteExternal(cell, 'client', record.client, record.flows);
    noteExternal(cell, 'server', record.server, record.flows);
    if (ids !== noTraces) addTraces(traces, cell, Math.floor(minute * HOURS_PER_MINUTE), ids, record.flows);
    if (tuple === null) return;
    const event = eventOf(record);
    if (record.denialEvent === 'drop') {
      const { flows, bytes, packets } = record;
      events.note(tuple, {
        atMs,
        event,
        key: cell,
        cell,
        amounts: { flows, connections, bytes, packets },
        traces: ids,
      });
    } else {
      events.note(tuple, { atMs, event, key: cell, cell, amounts: nothingKept, traces: noTraces });
    }
  }

  function noteExternal(cell: Cell, side: Side, end: FlowEndpoint, flows: number): void {
    if (end.namespace !== null || end.address === null || end.kind === 'host') return;
    noteAddress(addresses, cell, side, end.address, flows);
  }

  function cellOf(channel: ChannelEntry, record: FlowRecord, minute: number): Cell {
    const sourceKind = sourceKindCode[record.sourceKind];
    const reporter = reporterCode[record.reporter];
    const verdict = verdictCode[record.verdict];
    const key = minute * 64 + sourceKind * 9 + reporter * 3 + verdict - 1;
    let cell = channel.cells.get(key);
    if (cell === undefined) {
      const srcNs = channel.client.namespaceId;
      const dstNs = channel.server.namespaceId;
      cell = emptyCell({ channel: channel.id, srcNs, dstNs, sourceKind, reporter, verdict }, minute);
      channel.cells.set(key, cell);
      cells.push(cell);
    }
    return cell;
  }

  function traceIds(record: FlowRecord): TraceIds {
    const egress = record.traces.find((trace) => trace.direction === 'egress');
    const ingress = record.traces.find((trace) => trace.direction === 'ingress');
    return {
      egress: dimensions.traceOf(egress?.enforced ?? [])?.id ?? null,
      egressPending: dimensions.traceOf(egress?.pending ?? [])?.id ?? null,
      ingress: dimensions.traceOf(ingress?.enforced ?? [])?.id ?? null,
      ingressPending: dimensions.traceOf(ingress?.pending ?? [])?.id ?? null,
    };
  }

  function build(): Batch {
    const span = { firstMs, lastMs };
    return {
      id,
      dimensions: fresh,
      widePairs,
      addresses,
      flows,
      cells,
      traces,
      tuples: events.tuples,
      days: daysIn(sources),
      clusters: recordsByCluster(sources),
      sources,
      counts: lines.counts,
      reasons: lines.reasons,
      rejected: lines.rejected,
      span,
      sampling,
    };
  }

  const { reject, countRejected } = lines;
  return { accept, acceptKnown, ignore, reject, countRejected, build };
}
