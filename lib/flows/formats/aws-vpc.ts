import { createAddressBook, endpointAt, plainEnd, readAddress, unknownEnd } from '#lib/flows/endpoint.ts';
import type { FlowEndpoint, FlowRecord, ParsedLine } from '#lib/flows/flow-record.ts';
import { readInstant, type Span } from '#lib/flows/instant.ts';
import { type Complaint, complain, readCount, readInteger, readPort, shown } from '#lib/flows/json-fields.ts';
import { decideOrientation, flipReporter } from '#lib/flows/orientation.ts';
import { flowLine, ignoredLine, reject, rejectedLine } from '#lib/flows/parsed-line.ts';
import type { ParserOptions } from '#lib/flows/parser-options.ts';
import { isIcmp, protocolOfNumber, unknownProtocol } from '#lib/flows/protocol.ts';
import type { Reporter, Verdict } from '#lib/flows/verdict.ts';
import { defaultVpcOrder, type VpcColumn, type VpcOrder, vpcHeader, vpcOrder } from './aws-vpc-columns.ts';

/**
 * AWS VPC flow logs, versions 2 to 5 and whatever newer columns a header names: one row of text per
 * direction of a connection, network interface and minutes. The order of columns is that of the last
 * header line, which concatenated files have in their middle; the default order without one.
 */
export function createAwsVpcReader(options: ParserOptions): (text: string) => ParsedLine {
  const complaint: Complaint = { first: null };
  const addresses = createAddressBook();
  let order: VpcOrder | null = defaultVpcOrder;

  function takeHeader(names: readonly string[]): ParsedLine {
    const read = vpcOrder(names);
    order = 'order' in read ? read.order : null;
    if ('order' in read) return ignoredLine('header');
    const message = `the header names ${read.twice} twice: which column counts? Correct it; its rows are not read`;
    return reject('bad-header', read.twice, message);
  }

  function readEnd(cell: Cell, side: 'src' | 'dst', atMs: number, protocol: string): FlowEndpoint {
    // The packet's own address is the pod's where the interface's is that of a node or a NAT gateway.
    const packet = readAddress(cell(`pkt-${side}addr`), `pkt-${side}addr`, '', addresses, complaint);
    const seen = readAddress(cell(`${side}addr`), `${side}addr`, '', addresses, complaint);
    const address = packet ?? seen;
    const port = isIcmp(protocol) ? null : readPort(cell(`${side}port`), `${side}port`, '', complaint);
    if (address === null) return endpointAt(unknownEnd, null, port);
    const known = options.endpointOfAddress?.(address, atMs) ?? null;
    const network = addresses.get(address);
    const end = known ?? (network === undefined ? unknownEnd : plainEnd('network', network));
    return endpointAt(end, address, port);
  }

  function readRow(cell: Cell): ParsedLine {
    complaint.first = null;
    const times = readTimes(cell, complaint);
    const verdict = readVerdict(cell, complaint);
    const protocol = readProtocol(cell, complaint);
    const atMs = times?.startedAtMs ?? 0;
    const source = readEnd(cell, 'src', atMs, protocol);
    const destination = readEnd(cell, 'dst', atMs, protocol);
    const handshake = protocol === 'tcp' ? readHandshake(cell, complaint) : null;
    const packet = { source, destination, protocol, isReply: null, opener: openerOf(handshake) };
    const { orientation, isSwapped } = decideOrientation(packet, options.isListening);
    const side = readSide(cell, complaint);
    if (source.address === null && destination.address === null) complain(complaint, ...noAddress);
    const bytes = readCount(cell('bytes'), 'bytes', '', complaint);
    const packets = readCount(cell('packets'), 'packets', '', complaint);
    if (complaint.first !== null) return rejectedLine(complaint.first);
    if (times === null) return ignoredLine('no-time');
    const connections = handshake === null ? null : Number(handshake === 'syn');
    const record: FlowRecord = {
      sourceKind: 'aws-vpc',
      startedAtMs: times.startedAtMs,
      endedAtMs: times.endedAtMs,
      node: cell('interface-id') ?? cell('instance-id'),
      reporter: isSwapped ? flipReporter(side) : side,
      verdict,
      uncounted: null,
      dropReason: verdict === 'allowed' ? null : cell('reject-reason'),
      client: isSwapped ? destination : source,
      server: isSwapped ? source : destination,
      protocol,
      orientation,
      flows: 1,
      connections,
      bytes,
      packets,
      sampling: 1,
      isSyn: connections === 1,
      denialEvent: null,
      latency: null,
      traces: [],
    };
    return flowLine(record);
  }

  return (text) => {
    const row = text.trim();
    if (row === '') return ignoredLine('blank');
    const header = vpcHeader(row);
    if (header !== null) return takeHeader(header);
    const cells = row.split(' ');
    // Rows without traffic have been seen with fewer columns than their header.
    if (row.endsWith('DATA') || row.includes('DATA ')) {
      if (cells.includes('NODATA')) return ignoredLine('no-data');
      // AWS does not say how many were skipped: at least one.
      if (cells.includes('SKIPDATA')) return ignoredLine('lost-events', 1);
    }
    if (order === null) {
      return reject('bad-header', null, 'the header before this row could not be read: correct it');
    }
    const { place, width } = order;
    if (cells.length !== width)
      return reject('wrong-field-count', null, fieldCountMessage(cells.length, width));
    return readRow((column) => {
      const value = cells[place[column]];
      return value === undefined || value === '-' ? null : value;
    });
  };
}

const noAddress = [
  'missing-address',
  'srcaddr',
  "neither srcaddr nor dstaddr: the flow log's format has to include them",
] as const;

/** The text in a column, null for `-` and for a column that the row does not have. */
type Cell = (column: VpcColumn) => string | null;

function fieldCountMessage(found: number, wanted: number): string {
  return `the row has ${found} fields where its order has ${wanted}: put the flow log's format as a header line before it`;
}

function readTimes(cell: Cell, complaint: Complaint): Span | null {
  const times = { start: cell('start'), end: cell('end') };
  const start = readInstant(times, 'start', 1000, complaint);
  const end = readInstant(times, 'end', 1000, complaint);
  const startedAtMs = start ?? end;
  return startedAtMs === null ? null : { startedAtMs, endedAtMs: end ?? startedAtMs };
}

/** Security groups and network ACLs decide: a rejection is a denial by policy. */
function readVerdict(cell: Cell, complaint: Complaint): Verdict {
  const action = cell('action');
  if (action === 'ACCEPT') return 'allowed';
  if (action === 'REJECT') return 'denied';
  const code = action === null ? 'missing-action' : 'unknown-action';
  const message = `action must be ACCEPT or REJECT, but is ${shown(action)}: the flow log's format has to include it`;
  complain(complaint, code, 'action', message);
  return 'allowed';
}

function readProtocol(cell: Cell, complaint: Complaint): string {
  const number = readInteger(cell('protocol'), 'protocol', '', complaint);
  return number === null ? unknownProtocol : protocolOfNumber(number);
}

/** The interface is the source's for traffic that leaves it; version 2 does not say which way it went. */
function readSide(cell: Cell, complaint: Complaint): Reporter {
  const direction = cell('flow-direction');
  if (direction === null) return 'unknown';
  if (direction === 'egress') return 'source';
  if (direction === 'ingress') return 'destination';
  const message = `flow-direction must be ingress or egress, but is ${shown(direction)}: correct the exporter or the line`;
  complain(complaint, 'unknown-direction', 'flow-direction', message);
  return 'unknown';
}

type Handshake = 'syn' | 'syn-ack' | 'none';

const SYN = 2;
const ACK = 16;

/**
 * Which handshake packet the sender sent in these minutes; null where the flow log does not tell. Flags
 * of all packets are or-ed, but ACK is logged only as part of SYN-ACK (18), so SYN without it is a
 * client's opening. One row is one 5-tuple: a SYN that was sent again within the row counts once.
 */
function readHandshake(cell: Cell, complaint: Complaint): Handshake | null {
  const flags = readCount(cell('tcp-flags'), 'tcp-flags', '', complaint);
  if (flags === null) return null;
  if ((flags & SYN) === 0) return 'none';
  return (flags & ACK) === 0 ? 'syn' : 'syn-ack';
}

function openerOf(handshake: Handshake | null): 'source' | 'destination' | null {
  if (handshake === 'syn') return 'source';
  return handshake === 'syn-ack' ? 'destination' : null;
}
