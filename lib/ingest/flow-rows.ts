import { reporterCode, verdictCode } from '#lib/db/codes.ts';
import type { FlowRecord } from '#lib/flows/flow-record.ts';
import type { KnownLine } from '#lib/flows/known-lines.ts';
import { type BinaryRows, createBinaryRows } from './binary-rows.ts';
import { flagBits, ORIENTATION_SHIFT, orientationCode, SOURCE_KIND_SHIFT, sourceKindCode } from './codes.ts';
import type { ChannelEntry, PodEntry } from './dimension-entries.ts';
import type { Id } from './id63.ts';
import { packLatency } from './latency-cells.ts';
import type { TraceIds } from './trace-cells.ts';

const columns = [
  ...['started_at', 'channel', 'src_ns', 'dst_ns', 'batch', 'bytes', 'packets', 'client_pod', 'server_pod'],
  ...['egress', 'egress_pending', 'ingress', 'ingress_pending', 'duration_ms', 'more_flows', 'connections'],
  ...['client_port', 'server_port', 'reporter', 'verdict', 'flags'],
  ...['client_address', 'server_address', 'drop_reason', 'latency'],
];

/** In the order of the fields of a row. */
export const flowColumns = columns.join(', ');

const COLUMNS = columns.length;
const MOST_DURATION_MS = 2 ** 31 - 1;
const LONGEST_REASON = 200;

export type FlowRow = {
  readonly record: FlowRecord;
  readonly startedAtMs: number;
  readonly channel: ChannelEntry;
  readonly batch: Id;
  readonly clientPod: PodEntry | null;
  readonly serverPod: PodEntry | null;
  readonly traces: TraceIds;
  readonly clientAddress: Uint8Array | null;
  readonly serverAddress: Uint8Array | null;
};

/** A row as it was written, and where in it stands what differs when it comes again. */
export type RowForm = {
  readonly bytes: Uint8Array;
  readonly startedAt: number;
  readonly batch: number;
  readonly clientPort: number;
  readonly serverPort: number;
};

/** Raw flows on their way to COPY: the facts as recorded, also of what is not counted. */
export function createFlowRows(): {
  readonly add: (row: FlowRow) => void;
  /** The form of the row that was added last; null where it is too long to be kept. */
  readonly form: () => RowForm | null;
  /** A row that differs from one before in nothing but its time, its batch and its ports. */
  readonly addAgain: (form: RowForm, line: KnownLine, batch: Id) => void;
  readonly finish: BinaryRows['finish'];
} {
  const rows = createBinaryRows();
  const places = { startedAt: 0, batch: 0, clientPort: 0, serverPort: 0 };

  /** Of the value that comes next, behind the four bytes of its length. */
  function place(): number {
    return rows.place() + 4;
  }

  function id(value: Id | null): void {
    if (value === null) rows.nulls(1);
    else rows.id(value);
  }
  function int8(value: number | null): void {
    if (value === null) rows.nulls(1);
    else rows.int8(value);
  }
  function int4(value: number | null): void {
    if (value === null) rows.nulls(1);
    else rows.int4(value);
  }
  function bytes(value: Uint8Array | null): void {
    if (value === null) rows.nulls(1);
    else rows.bytes(value);
  }

  function add(row: FlowRow): void {
    const { record, startedAtMs, channel, batch, clientPod, serverPod, traces } = row;
    rows.row(COLUMNS);
    places.startedAt = place();
    rows.timestamp(startedAtMs);
    rows.id(channel.id);
    rows.id(channel.client.namespaceId);
    rows.id(channel.server.namespaceId);
    places.batch = place();
    rows.id(batch);
    int8(record.bytes);
    int8(record.packets);
    id(clientPod === null ? null : clientPod.id);
    id(serverPod === null ? null : serverPod.id);
    id(traces.egress);
    id(traces.egressPending);
    id(traces.ingress);
    id(traces.ingressPending);
    // A connection that lives longer than 24 days is told as 24 days: refusing it would be worse.
    int4(orNull(Math.min(Math.floor(record.endedAtMs) - startedAtMs, MOST_DURATION_MS)));
    int4(orNull(record.flows - 1));
    int4(record.connections);
    places.clientPort = place();
    int4(record.client.port);
    places.serverPort = place();
    int4(record.server.port);
    rows.int2(reporterCode[record.reporter]);
    rows.int2(verdictCode[record.verdict]);
    rows.int2(kindOf(record) | flagsOf(record));
    bytes(row.clientAddress);
    bytes(row.serverAddress);
    bytes(record.dropReason === null ? null : Buffer.from(record.dropReason.slice(0, LONGEST_REASON)));
    int4(record.latency === null ? null : packLatency(record.latency));
  }

  function form(): RowForm | null {
    const copy = rows.copyOfRow();
    return copy === null ? null : { bytes: copy, ...places };
  }

  function addAgain(known: RowForm, { startedAtMs, clientPort, serverPort }: KnownLine, batch: Id): void {
    rows.again(known.bytes);
    rows.setTimestamp(known.startedAt, startedAtMs);
    rows.setId(known.batch, batch);
    rows.setInt4(known.clientPort, clientPort);
    rows.setInt4(known.serverPort, serverPort);
  }

  return { add, form, addAgain, finish: rows.finish };
}

/** What most records have none of takes no room. */
function orNull(value: number): number | null {
  return value === 0 ? null : value;
}

function kindOf({ orientation, sourceKind }: FlowRecord): number {
  return (
    (orientationCode[orientation] << ORIENTATION_SHIFT) | (sourceKindCode[sourceKind] << SOURCE_KIND_SHIFT)
  );
}

/** The facts of a record that flow.flags and packet_seen.event keep. */
export function flagsOf(record: FlowRecord): number {
  let flags = record.isSyn ? flagBits.syn : 0;
  if (record.denialEvent !== null) {
    flags |= record.denialEvent === 'drop' ? flagBits.drop : flagBits.policyVerdict;
  }
  return record.uncounted === null ? flags : flags | flagBits[record.uncounted];
}
