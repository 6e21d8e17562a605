import { reporterCode, verdictCode } from '#lib/db/codes.ts';
import type { FlowAgain } from '#lib/flows/flow-again.ts';
import type { FlowEndpoint, FlowRecord, IgnoredReason, ParseError } from '#lib/flows/flow-record.ts';
import { flagBits, sourceKindCode } from './codes.ts';
import type { ChannelEntry, NewDimensions, Pair, TraceEntry } from './dimension-entries.ts';
import { type Dimensions, UnstorableName } from './dimensions.ts';
import { type ExternalAddresses, noteAddress, type Side } from './external-addresses.ts';
import { createFlowRows, flagsOf, type WrittenRow } from './flow-rows.ts';
import type { Id } from './id63.ts';
import { inetBytes } from './inet.ts';
import { clustersOf } from './local-cluster.ts';
import type { PacketEvent } from './packet-count.ts';
import type { ResolvedAddress, ResolvedFlow } from './resolved-flow.ts';
import { type Amounts, addAmounts, type Cell, emptyCell } from './rollup-cells.ts';
import {
  type LostEvents,
  mostSampled,
  noteLost,
  noteSource,
  recordsByCluster,
  type SourceCells,
  type SourcePlace,
  sourcePlace,
} from './source-cells.ts';
import { KEPT_BYTES, type SourceRecord } from './source-record.ts';
import { unstorable } from './storable.ts';
import { noTraces, type TraceCell, type TraceCells, type TraceIds, traceCellsOf } from './trace-cells.ts';
import { partHash, type TupleHash, tupleHash } from './tuple-hash.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const HOURS_PER_MINUTE = 1 / 60;

/** How many rejected lines of one batch are kept, and how much of them; the count is always right. */
const MOST_REJECTED = 1_000;
const MOST_REJECTED_BYTES = 8 << 20;

const nothingKept: Amounts = { flows: 0, connections: null, bytes: null, packets: null };

export type RejectedLine = {
  readonly from: number;
  readonly line: number;
  readonly error: ParseError;
  readonly content: Buffer;
  /** Of the whole line, of which `content` may be the beginning. */
  readonly length: number;
};

/** Events of one 5-tuple in this batch. */
export type TupleEvents = { readonly hi: number; readonly lo: number; readonly events: PacketEvent[] };

export type BatchCounts = { accepted: number; rejected: number; ignored: number; lostEvents: number };

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

// Addresses repeat; at the limit they are parsed again.
const MOST_ADDRESSES = 100_000;
const addressBytes = new Map<string, ResolvedAddress | null>();

const TWO_22 = 4_194_304;

/** Where the records of one minute that are alike are counted. `row` is null for one that has none like it. */
type Place = {
  readonly flow: ResolvedFlow;
  readonly row: WrittenRow | null;
  readonly minute: number;
  readonly source: SourcePlace;
  readonly cell: Cell | null;
  readonly traceCells: readonly TraceCell[];
};

/** Collects records: raw rows, counters and events, with every name replaced by its id. */
export function createBatchBuilder(id: Id, named: string | null, dimensions: Dimensions, lost: LostEvents) {
  const { fresh, widePairs } = dimensions.begin();
  const addresses: ExternalAddresses = new Map();
  const flows = createFlowRows();
  const cells: Cell[] = [];
  const traces: TraceCells = new Map();
  const tuples = new Map<number, TupleEvents>();
  const places = new Map<FlowRecord, Place>();
  const sources: SourceCells = new Map();
  const counts: BatchCounts = { accepted: 0, rejected: 0, ignored: 0, lostEvents: 0 };
  const reasons = new Map<string, number>();
  const rejected: RejectedLine[] = [];
  let rejectedBytes = 0;
  let firstMs = Number.POSITIVE_INFINITY;
  let lastMs = Number.NEGATIVE_INFINITY;
  // Neighbouring packets mostly come from one place.
  let lastOrigin: { readonly of: FlowRecord | null; readonly at: string; readonly hash: TupleHash | null } = {
    of: null,
    at: '',
    hash: null,
  };

  function countReason(reason: string): void {
    reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  }

  /** Counts a rejected line without keeping it. */
  function countRejected(code: string): void {
    counts.rejected += 1;
    countReason(code);
  }

  function reject(source: SourceRecord, error: ParseError): void {
    countRejected(error.code);
    if (rejected.length >= MOST_REJECTED || rejectedBytes > MOST_REJECTED_BYTES) return;
    const { content, length } = keptContent(source);
    rejectedBytes += content.length;
    rejected.push({ from: source.from, line: source.line, error, content, length });
  }

  function ignore(reason: IgnoredReason, lostEvents: number): void {
    counts.ignored += 1;
    counts.lostEvents += lostEvents;
    if (lostEvents > 0) noteLost(sources, lost, lostEvents);
    countReason(reason);
  }

  /** `like` is what `acceptAgain` will know the records by that are like this one. */
  function accept(source: SourceRecord, record: FlowRecord, like: FlowRecord | null = null): void {
    const error = unstorable(record) ?? addressError(record) ?? tryToAdd(record, like);
    if (error === null) counts.accepted += 1;
    else reject(source, error);
  }

  function tryToAdd(record: FlowRecord, like: FlowRecord | null): ParseError | null {
    try {
      add(record, like);
      return null;
    } catch (thrown) {
      if (!(thrown instanceof UnstorableName)) throw thrown;
      return { code: 'nul-byte', field: null, message: thrown.message };
    }
  }

  function add(record: FlowRecord, like: FlowRecord | null): void {
    const flow = resolve(record);
    const startedAtMs = Math.floor(record.startedAtMs);
    const day = Math.floor(startedAtMs / DAY_MS);
    dimensions.noteLabels(flow.channel.client, record.client.labels, day);
    dimensions.noteLabels(flow.channel.server, record.server.labels, day);
    flows.add(flow, startedAtMs, id);
    if (like !== null) dimensions.learnFlow(like, flow, day, flows.lastRow);
    const place = placeOf(flow, null, Math.floor(startedAtMs / MINUTE_MS));
    note(place, startedAtMs, record.endedAtMs, record.client.port);
  }

  /** Takes a record like one that was accepted before; false where that is not known any more, or not yet. */
  function acceptAgain({ like, startedAtMs, clientPort, serverPort }: FlowAgain): boolean {
    const minute = Math.floor(startedAtMs / MINUTE_MS);
    let place = places.get(like);
    if (place === undefined || place.minute !== minute) {
      const known = dimensions.knownFlow(like);
      if (known === undefined || known.day !== Math.floor(startedAtMs / DAY_MS)) return false;
      dimensions.meet(known.flow.channel);
      place = placeOf(known.flow, known.row, minute);
      places.set(like, place);
    }
    if (place.row === null || place.flow.record.server.port !== serverPort) return false;
    flows.addAgain(place.row, startedAtMs, id, clientPort);
    note(place, startedAtMs, startedAtMs, clientPort);
    counts.accepted += 1;
    return true;
  }

  function resolve(record: FlowRecord): ResolvedFlow {
    const { client, server } = record;
    const where = clustersOf(record, named);
    const channel = dimensions.channelOf(client, server, where.client, where.server, record.protocol);
    const clientPod = client.pod === null ? null : dimensions.podOf(channel.client, client.pod);
    const serverPod = server.pod === null ? null : dimensions.podOf(channel.server, server.pod);
    const traces = record.traces.length === 0 ? noEntries : traceEntries(record);
    const event = flagsOf(record) & (flagBits.syn | flagBits.policyVerdict | flagBits.drop);
    return {
      record,
      cluster: where.local,
      channel,
      clientPod,
      serverPod,
      traces: traces === noEntries ? [] : Object.values(traces).filter((entry) => entry !== null),
      traceIds: traces === noEntries ? noTraces : idsOf(traces),
      clientAddress: addressOf(client.address),
      serverAddress: addressOf(server.address),
      event: record.uncounted === null ? event : 0,
    };
  }

  function placeOf(flow: ResolvedFlow, row: WrittenRow | null, minute: number): Place {
    const { record, channel, cluster, traceIds } = flow;
    const source = sourcePlace(sources, cluster, record, minute);
    if (record.uncounted !== null) return { flow, row, minute, source, cell: null, traceCells: [] };
    const cell = cellOf(channel, record, minute);
    const hour = Math.floor(minute * HOURS_PER_MINUTE);
    return { flow, row, minute, source, cell, traceCells: traceCellsOf(traces, cell, hour, traceIds) };
  }

  function note(place: Place, startedAtMs: number, endedAtMs: number, clientPort: number | null): void {
    const { flow, source, cell } = place;
    if (startedAtMs < firstMs) firstMs = startedAtMs;
    if (startedAtMs > lastMs) lastMs = startedAtMs;
    noteSource(source, lost, flow.record.sampling, startedAtMs, endedAtMs);
    if (cell !== null) count(place, cell, startedAtMs, clientPort);
  }

  function count({ flow, traceCells }: Place, cell: Cell, atMs: number, clientPort: number | null): void {
    const { record, event } = flow;
    const tuple = event === 0 ? null : tupleOf(flow, clientPort);
    // Whether a SYN opens anything is decided when the batch is written, with what was seen before.
    const connections = tuple !== null && record.isSyn ? 0 : record.connections;
    addAmounts(cell, record, connections, 1);
    noteExternal(cell, 'client', record.client, record.flows);
    noteExternal(cell, 'server', record.server, record.flows);
    for (const traceCell of traceCells) traceCell.flows += record.flows;
    if (tuple === null) return;
    if (record.denialEvent === 'drop') {
      const { flows, bytes, packets } = record;
      noteEvent(tuple, {
        atMs,
        event,
        key: cell,
        cell,
        amounts: { flows, connections, bytes, packets },
        traces: flow.traceIds,
      });
    } else {
      noteEvent(tuple, { atMs, event, key: cell, cell, amounts: nothingKept, traces: noTraces });
    }
  }

  function noteExternal(cell: Cell, side: Side, end: FlowEndpoint, flows: number): void {
    if (end.namespace !== null || end.address === null || end.kind === 'host') return;
    noteAddress(addresses, cell, side, end.address, flows);
  }

  /** null where the record does not tell the whole 5-tuple. */
  function tupleOf(flow: ResolvedFlow, clientPort: number | null): TupleHash | null {
    const { record, clientAddress, serverAddress, cluster } = flow;
    const serverPort = record.server.port;
    if (clientAddress === null || serverAddress === null || clientPort === null || serverPort === null)
      return null;
    const origin = originOf(record, cluster);
    return tupleHash(origin, clientAddress.hash, clientPort, serverAddress.hash, serverPort);
  }

  function originOf(record: FlowRecord, cluster: string): TupleHash {
    const { hash, of, at } = lastOrigin;
    const isSame = of !== null && of.protocol === record.protocol && of.reporter === record.reporter;
    if (hash !== null && isSame && at === cluster && of.sourceKind === record.sourceKind) return hash;
    const origin = originHash(record, cluster);
    lastOrigin = { of: record, at: cluster, hash: origin };
    return origin;
  }

  function noteEvent({ hi, lo }: TupleHash, event: PacketEvent): void {
    // 53 of the 63 bits make a key that needs no text; where they do not tell two apart, the next is free.
    let key = hi * TWO_22 + (lo >>> 10);
    let tuple = tuples.get(key);
    while (tuple !== undefined && (tuple.hi !== hi || tuple.lo !== lo)) {
      key += 1;
      tuple = tuples.get(key);
    }
    if (tuple === undefined) tuples.set(key, { hi, lo, events: [event] });
    else tuple.events.push(event);
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

  function traceEntries(record: FlowRecord): TraceEntries {
    const egress = record.traces.find((trace) => trace.direction === 'egress');
    const ingress = record.traces.find((trace) => trace.direction === 'ingress');
    return {
      egress: dimensions.traceOf(egress?.enforced ?? []),
      egressPending: dimensions.traceOf(egress?.pending ?? []),
      ingress: dimensions.traceOf(ingress?.enforced ?? []),
      ingressPending: dimensions.traceOf(ingress?.pending ?? []),
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
      tuples,
      clusters: recordsByCluster(sources),
      sources,
      counts,
      reasons,
      rejected,
      span,
      sampling: mostSampled(sources),
    };
  }

  return { accept, acceptAgain, ignore, reject, countRejected, build };
}

type TraceEntries = Readonly<Record<keyof TraceIds, TraceEntry | null>>;

const noEntries: TraceEntries = { egress: null, egressPending: null, ingress: null, ingressPending: null };

function idsOf({ egress, egressPending, ingress, ingressPending }: TraceEntries): TraceIds {
  return {
    egress: egress?.id ?? null,
    egressPending: egressPending?.id ?? null,
    ingress: ingress?.id ?? null,
    ingressPending: ingressPending?.id ?? null,
  };
}

/** Where a packet was seen, in the words of the hash. */
function originHash(record: FlowRecord, cluster: string): TupleHash {
  return partHash(`${cluster}|${record.sourceKind}|${record.reporter}|${record.protocol}`);
}

function addressOf(text: string | null): ResolvedAddress | null {
  if (text === null) return null;
  let address = addressBytes.get(text);
  if (address === undefined) {
    const bytes = inetBytes(text);
    address = bytes === null ? null : { bytes, hash: partHash(bytes) };
    if (addressBytes.size >= MOST_ADDRESSES) addressBytes.clear();
    addressBytes.set(text, address);
  }
  return address;
}

function addressError({ client, server }: FlowRecord): ParseError | null {
  return wrongAddress('client address', client.address) ?? wrongAddress('server address', server.address);
}

function wrongAddress(field: string, address: string | null): ParseError | null {
  if (address === null || addressOf(address) !== null) return null;
  return {
    code: 'bad-address',
    field,
    message: `${address.slice(0, 60)} is no IP address: the line was not taken`,
  };
}

function keptContent({ content }: SourceRecord): Pick<RejectedLine, 'content' | 'length'> {
  const bytes = content.kind === 'text' ? Buffer.from(content.text) : content.bytes;
  const length = content.kind === 'too-long' ? content.length : bytes.length;
  return { content: Buffer.from(bytes.subarray(0, KEPT_BYTES)), length };
}
