import { namedByDomain, readDomain } from '#lib/flows/domain.ts';
import { createAddressBook, type EndpointIdentity, endpointAt, readAddress } from '#lib/flows/endpoint.ts';
import type { FlowEndpoint, FlowRecord, ParsedLine } from '#lib/flows/flow-record.ts';
import { type Complaint, isObject, type JsonObject, readCount, readObject } from '#lib/flows/json-fields.ts';
import type { KnownLines, Pattern } from '#lib/flows/known-lines.ts';
import { type Latency, latencyOf } from '#lib/flows/latency.ts';
import { decideOrientation, flipReporter, flipTraces } from '#lib/flows/orientation.ts';
import { flowLine, ignoredLine, reject, rejectedLine } from '#lib/flows/parsed-line.ts';
import type { ParserOptions } from '#lib/flows/parser-options.ts';
import type { PolicyTrace } from '#lib/flows/policy-trace.ts';
import { snakeCaseKeys } from '#lib/flows/snake-case.ts';
import type { Reporter } from '#lib/flows/verdict.ts';
import { createHubbleEndpointReader, type HubbleEndpointReader, rememberEnds } from './hubble-endpoint.ts';
import { createHubbleKnownLines } from './hubble-known.ts';
import { createHubbleLineReader, type LineStretches } from './hubble-line.ts';
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
import { createHubblePolicyReader } from './hubble-policies.ts';
import { eventTypes, type HubbleVerdict, readHubbleVerdict } from './hubble-verdict.ts';

export type HubbleReader = {
  readonly read: (json: JsonObject) => ParsedLine;
  /** The same answer for the line's text, sooner; null where it takes the whole reading. */
  readonly readKnown: (text: string) => ParsedLine | null;
  readonly known: KnownLines;
  /** What `readKnown` answered last was taken as it is: lines that repeat it are found by their bytes from now on. */
  readonly keepKnown: () => Pattern | null;
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
  const readLine = createHubbleLineReader();
  const readKnownEnd = rememberEnds(readEnd, complaint);
  const known = createHubbleKnownLines();
  let last: { readonly stretches: LineStretches; readonly record: FlowRecord } | null = null;

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

  function readFlow(flow: JsonObject, wrapper: JsonObject, readWho = readEnd): ParsedLine {
    complaint.first = null;
    const startedAtMs = readTime(flow, wrapper, complaint);
    const node = readNode(flow, wrapper, complaint);
    const eventType = readEventType(flow, complaint);
    const outcome = readHubbleVerdict(flow, eventType, complaint);
    const transport = readTransport(flow, complaint);
    const { source, destination } = readEnds(flow, transport, readWho);
    const isReply = readIsReply(flow, complaint);
    const counts = readAggregate(flow, complaint);
    const side = readSide(flow, counts, complaint);
    const at = side === 'source' ? 'egress' : 'ingress';
    const traces = readPolicies(flow, outcome.isAudit, at, complaint);
    const latency = readLatency(flow, complaint);
    if (complaint.first !== null) return rejectedLine(complaint.first);
    if (startedAtMs === null) return ignoredLine('no-time');
    const isL7 = flow.Type === 'L7' || eventType === eventTypes.l7;
    return flowLine(
      recordOf(
        {
          startedAtMs,
          node,
          eventType,
          isL7,
          outcome,
          transport,
          source,
          destination,
          isReply,
          counts,
          side,
          latency,
          traces,
        },
        options,
      ),
    );
  }

  function readKnown(text: string): ParsedLine | null {
    last = null;
    const line = readLine(text);
    if (line === null) return null;
    const parsed = readFlow(line.flow, line.wrapper, readKnownEnd);
    // The letters of the time are looked at by reading it, and whatever is wrong is told by the ordinary way.
    if (parsed.kind !== 'flow') return null;
    last = { stretches: line.stretches, record: parsed.record };
    return parsed;
  }

  function keepKnown(): Pattern | null {
    return last === null ? null : known.learn(last.stretches, last.record);
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

  return { read, readKnown, known, keepKnown };
}

const nothing: JsonObject = {};

/** What one line tells, as the packet went. */
type Seen = {
  readonly startedAtMs: number;
  readonly node: string | null;
  readonly eventType: number;
  readonly isL7: boolean;
  readonly outcome: HubbleVerdict;
  readonly transport: Transport;
  readonly source: FlowEndpoint;
  readonly destination: FlowEndpoint;
  readonly isReply: boolean | null;
  readonly counts: Aggregate | null;
  readonly side: Reporter;
  readonly latency: Latency | null;
  readonly traces: readonly PolicyTrace[];
};

function recordOf(seen: Seen, options: ParserOptions): FlowRecord {
  const { source, destination, transport, isReply, outcome, counts, side } = seen;
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
    node: seen.node,
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
    sampling: 1,
    isSyn: connections === 1,
    denialEvent: outcome.verdict === 'denied' ? denialEvent(seen.eventType) : null,
    latency: seen.latency,
    traces: flips ? flipTraces(seen.traces) : seen.traces,
  };
}

/** An aggregate may be one opening seen many times or many openings: it cannot tell. */
function openingsIn(seen: Seen): number | null {
  const { handshake } = seen.transport;
  if (seen.isL7 || seen.counts !== null || seen.outcome.uncounted !== null || handshake === null) return null;
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
