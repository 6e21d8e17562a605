import { namedByDomain, readDomain } from '#lib/flows/domain.ts';
import { createAddressBook, type EndpointIdentity, endpointAt, readAddress } from '#lib/flows/endpoint.ts';
import type { FlowEndpoint, FlowRecord, ParsedLine } from '#lib/flows/flow-record.ts';
import { type Complaint, isObject, type JsonObject, readCount, readObject } from '#lib/flows/json-fields.ts';
import type { KnownLine, KnownLines, NewLine } from '#lib/flows/known-lines.ts';
import { type Latency, latencyOf } from '#lib/flows/latency.ts';
import { decideOrientation, flipReporter, flipTraces } from '#lib/flows/orientation.ts';
import { flowLine, ignoredLine, reject, rejectedLine } from '#lib/flows/parsed-line.ts';
import type { ParserOptions } from '#lib/flows/parser-options.ts';
import type { PolicyTrace } from '#lib/flows/policy-trace.ts';
import { snakeCaseKeys } from '#lib/flows/snake-case.ts';
import type { Reporter } from '#lib/flows/verdict.ts';
import { createHubbleEndpointReader, type HubbleEndpointReader, rememberEnds } from './hubble-endpoint.ts';
import { createHubbleLineReader, type HubbleLine } from './hubble-line.ts';
import {
  type Aggregate,
  openerOf,
  readAggregate,
  readEventType,
  readIsReply,
  readNode,
  readSide,
  readTime,
  readTransport,
  type Transport,
} from './hubble-packet.ts';
import { createKnownPatterns, type KnownPattern } from './hubble-patterns.ts';
import { createHubblePolicyReader } from './hubble-policies.ts';
import { flowOf, type Tail } from './hubble-stretches.ts';
import { eventTypes, type HubbleVerdict, readHubbleVerdict } from './hubble-verdict.ts';

export type HubbleReader = {
  readonly read: (json: JsonObject) => ParsedLine;
  /** Answers the same for most lines of a log, sooner. */
  readonly known: KnownLines;
};

/**
 * Hubble: `hubble observe -o json`, the exporter's files, GetFlowsResponse in protojson, and the bare
 * Flow of old clients. Field names are those of cilium/api/v1/flow/flow.proto.
 */
export function createHubbleReader(options: ParserOptions): HubbleReader {
  const complaint: Complaint = { first: null };
  const addresses = createAddressBook();
  const readEnd = createHubbleEndpointReader(complaint);
  const readPolicies = createHubblePolicyReader();
  const lines = createHubbleLineReader();
  const patterns = createKnownPatterns();
  const readKnownEnd = rememberEnds(readEnd, complaint);
  const toldByTail = new WeakMap<JsonObject, KnownTold>();

  function readEnds(
    flow: JsonObject,
    transport: Transport,
    read: HubbleEndpointReader,
  ): Pick<Seen, 'source' | 'destination'> {
    const ip = readObject(flow.IP, 'IP', 'flow.', complaint) ?? nothing;
    const from = readAddress(ip.source, 'source', 'flow.IP.', addresses, complaint);
    const to = readAddress(ip.destination, 'destination', 'flow.IP.', addresses, complaint);
    const source = read(readObject(flow.source, 'source', 'flow.', complaint), from, 'flow.source.');
    const destination = read(
      readObject(flow.destination, 'destination', 'flow.', complaint),
      to,
      'flow.destination.',
    );
    return {
      source: endpointAt(withDomain(source, flow, 'source_names', complaint), from, transport.sourcePort),
      destination: endpointAt(
        withDomain(destination, flow, 'destination_names', complaint),
        to,
        transport.destinationPort,
      ),
    };
  }

  function readFlow(flow: JsonObject, wrapper: JsonObject): ParsedLine {
    complaint.first = null;
    const startedAtMs = readTime(flow, wrapper, complaint);
    const told = readTold(flow, wrapper);
    const transport = readTransport(flow, complaint);
    const { source, destination } = readEnds(flow, transport, readEnd);
    if (complaint.first !== null) return rejectedLine(complaint.first);
    if (startedAtMs === null) return ignoredLine('no-time');
    return flowLine(recordOf({ startedAtMs, told, transport, source, destination }, options));
  }

  function readTold(flow: JsonObject, wrapper: JsonObject): Told {
    const node = readNode(flow, wrapper, complaint);
    const eventType = readEventType(flow, complaint);
    const outcome = readHubbleVerdict(flow, eventType, complaint);
    const isReply = readIsReply(flow, complaint);
    const counts = readAggregate(flow, complaint);
    const side = readSide(flow, counts, complaint);
    const at = side === 'source' ? 'egress' : 'ingress';
    const traces = readPolicies(flow, outcome.isAudit, at, complaint);
    const latency = readLatency(flow, complaint);
    const isL7 = flow.Type === 'L7' || eventType === eventTypes.l7;
    return { node, eventType, isL7, outcome, isReply, counts, side, latency, traces };
  }

  /** What a tail says with a verdict is read once. */
  function readKnownTold(flow: JsonObject, { json, wrapper }: Tail): Told {
    const { verdict, drop_reason, drop_reason_desc } = flow;
    const known = toldByTail.get(json);
    if (
      known !== undefined &&
      known.verdict === verdict &&
      known.drop_reason === drop_reason &&
      known.drop_reason_desc === drop_reason_desc
    ) {
      return known.told;
    }
    const told = readTold(flow, wrapper);
    if (complaint.first === null) toldByTail.set(json, { verdict, drop_reason, drop_reason_desc, told });
    return told;
  }

  /** null for whatever is wrong: the ordinary way tells what. */
  function readLine(line: HubbleLine): FlowRecord | null {
    const parts = lines.parts(line);
    const flow = parts === null ? null : flowOf(parts);
    if (parts === null || flow === null) return null;
    complaint.first = null;
    const told = readKnownTold(flow, parts.tail);
    const transport = readTransport(flow, complaint);
    const { source, destination } = readEnds(flow, transport, readKnownEnd);
    if (complaint.first !== null) return null;
    return recordOf({ startedAtMs: line.startedAtMs, told, transport, source, destination }, options);
  }

  function find(from: number): KnownLine | NewLine | null {
    const line = lines.read(from);
    if (line === null) return null;
    const known = patterns.find(line);
    if (known !== null) return knownLine(known, line);
    const record = readLine(line);
    if (record === null) return null;
    return { kind: 'new', record, to: line.to, keep: () => keep(line, record) };
  }

  function keep(line: HubbleLine, record: FlowRecord): void {
    // Elsewhere client and server are told apart by their ports, or by what the inventory says then.
    const isTold = record.orientation === 'is-reply' || record.orientation === 'syn';
    if (isTold && line.sourcePort !== line.destinationPort) patterns.learn(line, record);
  }

  function read(json: JsonObject): ParsedLine {
    const line = hasSnakeCase(json) ? json : snakeCaseKeys(json);
    if (isObject(line.flow)) return readFlow(line.flow, line);
    if (isObject(line.lost_events)) {
      complaint.first = null;
      const lost = readCount(line.lost_events.num_events_lost, 'num_events_lost', 'lost_events.', complaint);
      return complaint.first === null ? ignoredLine('lost-events', lost ?? 0) : rejectedLine(complaint.first);
    }
    if (isObject(line.node_status)) return ignoredLine('node-status');
    if (line.agent_event !== undefined || line.debug_event !== undefined) return ignoredLine('agent-event');
    if (line.verdict !== undefined || line.IP !== undefined || line.l4 !== undefined)
      return readFlow(line, line);
    return reject(
      'not-hubble',
      null,
      'neither a Hubble flow nor an event of Hubble: name the right --format',
    );
  }

  return { read, known: { look: lines.look, find } };
}

const nothing: JsonObject = {};

/** What one line tells, as the packet went. */
type Seen = {
  readonly startedAtMs: number;
  readonly told: Told;
  readonly transport: Transport;
  readonly source: FlowEndpoint;
  readonly destination: FlowEndpoint;
};

/** What many lines tell in the same words. */
type Told = {
  readonly node: string | null;
  readonly eventType: number;
  readonly isL7: boolean;
  readonly outcome: HubbleVerdict;
  readonly isReply: boolean | null;
  readonly counts: Aggregate | null;
  readonly side: Reporter;
  readonly latency: Latency | null;
  readonly traces: readonly PolicyTrace[];
};

type KnownTold = Pick<JsonObject, 'verdict' | 'drop_reason' | 'drop_reason_desc'> & { readonly told: Told };

function knownLine({ like, isSwapped }: KnownPattern, line: HubbleLine): KnownLine {
  const { startedAtMs, sourcePort, destinationPort, to } = line;
  const clientPort = isSwapped ? destinationPort : sourcePort;
  const serverPort = isSwapped ? sourcePort : destinationPort;
  return { kind: 'known', like, startedAtMs, clientPort, serverPort, to };
}

function recordOf(seen: Seen, options: ParserOptions): FlowRecord {
  const { told, source, destination, transport } = seen;
  const { isReply, outcome, counts, side } = told;
  const { protocol } = transport;
  const packet = { source, destination, protocol, isReply, opener: openerOf(transport) };
  const { orientation, isSwapped } = decideOrientation(packet, options.isListening);
  // Cilium's direction is that of the connection where it knows the connection, else of the packet.
  const flips = isSwapped && isReply === null;
  const connections = openingsIn(seen);
  return {
    sourceKind: 'hubble',
    startedAtMs: seen.startedAtMs,
    endedAtMs: seen.startedAtMs,
    node: told.node,
    reporter: flips ? flipReporter(side) : side,
    verdict: outcome.verdict,
    uncounted: outcome.uncounted,
    dropReason: outcome.dropReason,
    client: isSwapped ? destination : source,
    server: isSwapped ? source : destination,
    protocol,
    orientation,
    flows: counts === null ? 1 : counts.ingress + counts.egress + counts.unknown,
    connections,
    bytes: null,
    packets: null,
    latency: told.latency,
    sampling: 1,
    isSyn: connections === 1,
    denialEvent: outcome.verdict === 'denied' ? denialEvent(told.eventType) : null,
    traces: flips ? flipTraces(told.traces) : told.traces,
  };
}

/** An aggregate may be one opening seen many times or many openings: it cannot tell. */
function openingsIn({ told, transport: { handshake } }: Seen): number | null {
  if (told.isL7 || told.counts !== null || told.outcome.uncounted !== null || handshake === null) return null;
  return handshake === 'syn' ? 1 : 0;
}

/** True for a wrapper whose flow is in the usual spelling; cheaper than looking at every key. */
function hasSnakeCase(json: JsonObject): boolean {
  const flow = isObject(json.flow) ? json.flow : json;
  return (
    flow.node_name !== undefined ||
    flow.event_type !== undefined ||
    flow.traffic_direction !== undefined ||
    flow.is_reply !== undefined
  );
}

function denialEvent(eventType: number): FlowRecord['denialEvent'] {
  if (eventType === eventTypes.policyVerdict) return 'policy-verdict';
  return eventType === eventTypes.drop ? 'drop' : null;
}

/** From a question to its answer, as Cilium's proxy saw both; only answers tell it. */
function readLatency(flow: JsonObject, complaint: Complaint): Latency | null {
  if (flow.l7 === undefined) return null;
  const l7 = readObject(flow.l7, 'l7', 'flow.', complaint);
  if (l7 === null) return null;
  const ns = readCount(l7.latency_ns, 'latency_ns', 'flow.l7.', complaint);
  return latencyOf(isObject(l7.dns) ? 'dns' : 'request', ns === null ? null : ns / 1000);
}

/** By the name that Cilium's DNS proxy knows for an outside address. */
function withDomain(
  end: EndpointIdentity,
  flow: JsonObject,
  key: 'source_names' | 'destination_names',
  complaint: Complaint,
): EndpointIdentity {
  if (end.kind !== 'network') return end;
  return namedByDomain(end, readDomain(flow[key], key, 'flow.', complaint));
}
