import { reporterCode, verdictCode } from '#lib/db/codes.ts';
import type { FlowRecord } from '#lib/flows/flow-record.ts';
import { type BinaryRows, createBinaryRows, fieldsOf } from './binary-rows.ts';
import { flagBits, ORIENTATION_SHIFT, orientationCode, SOURCE_KIND_SHIFT, sourceKindCode } from './codes.ts';
import type { Id } from './id63.ts';
import type { ResolvedFlow } from './resolved-flow.ts';

const columns = [
  ...['started_at', 'channel', 'src_ns', 'dst_ns', 'batch', 'bytes', 'packets', 'client_pod', 'server_pod'],
  ...['egress', 'egress_pending', 'ingress', 'ingress_pending', 'duration_ms', 'more_flows', 'connections'],
  ...['client_port', 'server_port', 'reporter', 'verdict', 'flags'],
  ...['client_address', 'server_address', 'drop_reason'],
];

/** In the order of the fields of a row. */
export const flowColumns = columns.join(', ');

const COLUMNS = columns.length;
const CLIENT_PORT = columns.indexOf('client_port');
// Bytes from the beginning of a row: before these fields come the number of fields, lengths, and ids, which
// are never null.
const STARTED_AT = 6;
const BATCH = 6 + 12 * columns.indexOf('batch');
const MOST_DURATION_MS = 2 ** 31 - 1;
const LONGEST_REASON = 200;

/** A row that can be written again with another time, batch and port of the client. */
export type WrittenRow = { readonly bytes: Uint8Array; readonly clientPortAt: number };

/** Raw flows on their way to COPY: the facts as recorded, also of what is not counted. */
export function createFlowRows(): {
  readonly add: (flow: ResolvedFlow, startedAtMs: number, batch: Id) => void;
  /** The row that was added last. */
  readonly lastRow: () => WrittenRow;
  readonly addAgain: (row: WrittenRow, startedAtMs: number, batch: Id, clientPort: number) => void;
  readonly finish: BinaryRows['finish'];
} {
  const rows = createBinaryRows();

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

  function add(flow: ResolvedFlow, startedAtMs: number, batch: Id): void {
    const { record, channel, clientPod, serverPod, traceIds: traces } = flow;
    rows.row(COLUMNS);
    rows.timestamp(startedAtMs);
    rows.id(channel.id);
    rows.id(channel.client.namespaceId);
    rows.id(channel.server.namespaceId);
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
    int4(record.client.port);
    int4(record.server.port);
    rows.int2(reporterCode[record.reporter]);
    rows.int2(verdictCode[record.verdict]);
    rows.int2(kindOf(record) | flagsOf(record));
    bytes(flow.clientAddress === null ? null : flow.clientAddress.bytes);
    bytes(flow.serverAddress === null ? null : flow.serverAddress.bytes);
    bytes(record.dropReason === null ? null : Buffer.from(record.dropReason.slice(0, LONGEST_REASON)));
  }

  function lastRow(): WrittenRow {
    const bytes = rows.lastRow();
    return { bytes, clientPortAt: fieldsOf(bytes)[CLIENT_PORT] ?? 0 };
  }

  function addAgain(row: WrittenRow, startedAtMs: number, batch: Id, clientPort: number): void {
    rows.again(row.bytes);
    rows.overTimestamp(STARTED_AT, startedAtMs);
    rows.overId(BATCH, batch);
    rows.overInt4(row.clientPortAt, clientPort);
  }

  return { add, lastRow, addAgain, finish: rows.finish };
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
