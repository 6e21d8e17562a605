import { createAddressBook } from '#lib/flows/endpoint.ts';
import { createEndpointCache } from '#lib/flows/endpoint-cache.ts';
import type { FlowRecord, ParsedLine } from '#lib/flows/flow-record.ts';
import { readInstant, type Span } from '#lib/flows/instant.ts';
import {
  type Complaint,
  complain,
  type JsonObject,
  readBoolean,
  readCount,
  readInteger,
  readText,
  shown,
} from '#lib/flows/json-fields.ts';
import { type Latency, latencyOf } from '#lib/flows/latency.ts';
import { decideOrientation, flipReporter } from '#lib/flows/orientation.ts';
import { flowLine, ignoredLine, reject, rejectedLine } from '#lib/flows/parsed-line.ts';
import type { ParserOptions } from '#lib/flows/parser-options.ts';
import type { PolicyTrace } from '#lib/flows/policy-trace.ts';
import { protocolOfNumber, unknownProtocol } from '#lib/flows/protocol.ts';
import type { Reporter } from '#lib/flows/verdict.ts';
import { destinationKeys, readNetobservEnd, sourceKeys } from './netobserv-endpoint.ts';
import { readNetworkEvents } from './netobserv-events.ts';
import { unwrapLoki } from './netobserv-loki.ts';
import { readLoss, readTcpFlags, type TcpFlags } from './netobserv-packets.ts';

/**
 * NetObserv (flowlogs-pipeline) JSON: flat from Kafka and files, or in Loki's stream and line. A
 * record is one direction of a connection as seen on one interface, so client and server have to be
 * found. Field names are those of the operator's docs/flows-format.adoc.
 */
export function createNetobservReader(options: ParserOptions): (json: JsonObject) => ParsedLine {
  const complaint: Complaint = { first: null };
  const addresses = createAddressBook();
  const remember = createEndpointCache(complaint);

  function readFlow(record: JsonObject): ParsedLine {
    complaint.first = null;
    const times = readTimes(record, complaint);
    const number = readInteger(record.Proto, 'Proto', '', complaint);
    const protocol = number === null ? unknownProtocol : protocolOfNumber(number);
    const node = readText(record.AgentIP, 'AgentIP', '', complaint);
    const cluster = readText(record.K8S_ClusterName, 'K8S_ClusterName', '', complaint);
    const common = { record, protocol, cluster, addresses, remember, complaint };
    const source = readNetobservEnd(sourceKeys, common);
    const destination = readNetobservEnd(destinationKeys, common);
    const tcp = protocol === 'tcp' ? readTcpFlags(record, complaint) : null;
    const packet = { source, destination, protocol, isReply: null, opener: openerOf(tcp) };
    const { orientation, isSwapped } = decideOrientation(packet, options.isListening);
    const reporter = reporterOf(readDirection(record, complaint), isSwapped);
    const outcome = readOutcome(record, reporter === 'source' ? 'egress' : 'ingress', complaint);
    const isDuplicate = readBoolean(record.Duplicate, 'Duplicate', '', complaint) === true;
    const sampling = Math.max(1, readInteger(record.Sampling, 'Sampling', '', complaint) ?? 1);
    const latency = readLatency(record, complaint);
    if (complaint.first !== null) return rejectedLine(complaint.first);
    if (times === null) return ignoredLine('no-time');
    const connections = tcp === null || isDuplicate ? null : Number(tcp.isSyn);
    return flowLine({
      sourceKind: 'netobserv',
      startedAtMs: times.startedAtMs,
      endedAtMs: times.endedAtMs,
      node,
      reporter,
      verdict: outcome.verdict,
      uncounted: isDuplicate ? 'duplicate' : null,
      dropReason: outcome.dropReason,
      client: isSwapped ? destination : source,
      server: isSwapped ? source : destination,
      protocol,
      orientation,
      flows: 1,
      connections,
      bytes: scaled(outcome.bytes, sampling),
      packets: scaled(outcome.packets, sampling),
      sampling,
      isSyn: connections === 1,
      denialEvent: null,
      latency,
      traces: outcome.traces,
    });
  }

  return (json) => {
    complaint.first = null;
    const record = unwrapLoki(json, complaint);
    if (record === null) {
      const error = complaint.first ?? {
        code: 'not-netobserv',
        field: null,
        message: 'no flow in this line',
      };
      return rejectedLine(error);
    }
    if (!isNetobserv(record)) {
      return reject('not-netobserv', null, 'neither addresses nor a NetObserv time: name the right --format');
    }
    return readFlow(record);
  };
}

type Outcome = Pick<FlowRecord, 'verdict' | 'dropReason' | 'bytes' | 'packets' | 'traces'>;

/** OVN's word outweighs the kernel's, which sees the same loss without its reason. */
function readOutcome(record: JsonObject, loggedAt: PolicyTrace['direction'], complaint: Complaint): Outcome {
  const events = readNetworkEvents(record, loggedAt, complaint);
  const loss = readLoss(record, complaint);
  const { bytes, packets } = loss;
  const lost = events.outcome ?? (loss.isWhole ? 'dropped' : null);
  if (lost === null) return { verdict: 'allowed', dropReason: null, bytes, packets, traces: events.traces };
  return {
    verdict: lost,
    dropReason: events.dropReason ?? loss.cause,
    bytes,
    packets,
    traces: events.traces,
  };
}

/** What an answer took outweighs the round trip of its packets. */
function readLatency(record: JsonObject, complaint: Complaint): Latency | null {
  const dnsMs = readCount(record.DnsLatencyMs, 'DnsLatencyMs', '', complaint);
  const roundTripNs = readCount(record.TimeFlowRttNs, 'TimeFlowRttNs', '', complaint);
  return (
    latencyOf('dns', dnsMs === null ? null : dnsMs * 1000) ??
    latencyOf('tcp', roundTripNs === null ? null : roundTripNs / 1000)
  );
}

/** A SYN-ACK without a SYN of the same direction is the server's. */
function openerOf(tcp: TcpFlags | null): 'source' | 'destination' | null {
  if (tcp === null) return null;
  if (tcp.isSyn) return 'source';
  return tcp.isSynAck ? 'destination' : null;
}

/** The side of the connection; a record of one node's inside stands for both and is the server's. */
function reporterOf(direction: Direction | null, isSwapped: boolean): Reporter {
  if (direction === null) return 'unknown';
  if (direction === 'inner') return 'destination';
  const side = direction === 'egress' ? 'source' : 'destination';
  return isSwapped ? flipReporter(side) : side;
}

function isNetobserv(record: JsonObject): boolean {
  return (
    record.SrcAddr !== undefined ||
    record.DstAddr !== undefined ||
    record.TimeFlowStartMs !== undefined ||
    record.TimeReceived !== undefined ||
    record.SrcMac !== undefined
  );
}

function scaled(count: number | null, sampling: number): number | null {
  return count === null ? null : count * sampling;
}

function readTimes(record: JsonObject, complaint: Complaint): Span | null {
  const start = positive(readInstant(record, 'TimeFlowStartMs', 1, complaint));
  const end = positive(readInstant(record, 'TimeFlowEndMs', 1, complaint));
  const startedAtMs = start ?? end ?? positive(readInstant(record, 'TimeReceived', 1000, complaint));
  return startedAtMs === null ? null : { startedAtMs, endedAtMs: end ?? startedAtMs };
}

/** The agent writes 0 for a time that it does not have. */
function positive(instantMs: number | null): number | null {
  return instantMs === 0 ? null : instantMs;
}

/** Where the packet was seen: coming in, going out, or on its way through one node (`inner`). */
type Direction = 'ingress' | 'egress' | 'inner';

function readDirection(record: JsonObject, complaint: Complaint): Direction | null {
  const value = record.FlowDirection;
  switch (value) {
    case 0:
    case '0':
      return 'ingress';
    case 1:
    case '1':
      return 'egress';
    case 2:
    case '2':
      return 'inner';
    case undefined:
    case null:
    case '':
      return null;
    default: {
      const message = `FlowDirection must be 0, 1 or 2, but is ${shown(value)}: correct the exporter`;
      complain(complaint, 'unknown-direction', 'FlowDirection', message);
      return null;
    }
  }
}
