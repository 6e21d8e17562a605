import {
  type Complaint,
  complain,
  type JsonObject,
  readBoolean,
  readCount,
  readInteger,
  readObject,
  readPort,
  readText,
  shown,
} from '#lib/flows/json-fields.ts';
import { unknownProtocol } from '#lib/flows/protocol.ts';
import { parseTimestamp } from '#lib/flows/timestamp.ts';
import type { Reporter } from '#lib/flows/verdict.ts';

/** The fields of a Hubble flow that belong to the packet, not to its ends. */

/** When the packet was seen, to the millisecond; the wrapper repeats it for records whose flow was masked. */
export function readTime(flow: JsonObject, wrapper: JsonObject, complaint: Complaint): number | null {
  const text =
    readText(flow.time, 'time', 'flow.', complaint) ?? readText(wrapper.time, 'time', '', complaint);
  if (text === null) return null;
  const time = parseTimestamp(text);
  if (time === null) {
    complain(
      complaint,
      'bad-time',
      'flow.time',
      `flow.time must be RFC 3339, but is ${shown(text)}: correct the line`,
    );
  }
  return time;
}

/** `cluster/node` or the node alone, as Cilium is set up; the wrapper repeats it. */
export function readNode(flow: JsonObject, wrapper: JsonObject, complaint: Complaint): string | null {
  return (
    readText(flow.node_name, 'node_name', 'flow.', complaint) ??
    readText(wrapper.node_name, 'node_name', '', complaint)
  );
}

export type Transport = {
  readonly protocol: string;
  readonly sourcePort: number | null;
  readonly destinationPort: number | null;
  /** TCP only: `syn` opens, `syn-ack` answers, `none` does neither, null where flags are not known. */
  readonly handshake: 'syn' | 'syn-ack' | 'none' | null;
};

const noTransport: Transport = {
  protocol: unknownProtocol,
  sourcePort: null,
  destinationPort: null,
  handshake: null,
};

const headers = [
  { key: 'TCP', protocol: 'tcp', path: 'flow.l4.TCP.' },
  { key: 'UDP', protocol: 'udp', path: 'flow.l4.UDP.' },
  { key: 'SCTP', protocol: 'sctp', path: 'flow.l4.SCTP.' },
  { key: 'ICMPv4', protocol: 'icmp', path: 'flow.l4.ICMPv4.' },
  { key: 'ICMPv6', protocol: 'icmpv6', path: 'flow.l4.ICMPv6.' },
  { key: 'IGMP', protocol: 'igmp', path: 'flow.l4.IGMP.' },
  { key: 'VRRP', protocol: 'vrrp', path: 'flow.l4.VRRP.' },
] as const;

/** Protocol, ports and handshake of the packet. */
export function readTransport(flow: JsonObject, complaint: Complaint): Transport {
  const l4 = readObject(flow.l4, 'l4', 'flow.', complaint);
  if (l4 === null) return noTransport;
  for (const { key, protocol, path } of headers) {
    if (l4[key] === undefined) continue;
    const header = readObject(l4[key], key, 'flow.l4.', complaint);
    if (header === null) return { ...noTransport, protocol };
    const flags = protocol === 'tcp' ? readObject(header.flags, 'flags', path, complaint) : null;
    return {
      protocol,
      sourcePort: readPort(header.source_port, 'source_port', path, complaint),
      destinationPort: readPort(header.destination_port, 'destination_port', path, complaint),
      handshake: flags === null ? null : flags.SYN !== true ? 'none' : flags.ACK === true ? 'syn-ack' : 'syn',
    };
  }
  return noTransport;
}

/** Who opened the connection, by a packet of its handshake. */
export function openerOf(transport: Transport): 'source' | 'destination' | null {
  if (transport.handshake === 'syn') return 'source';
  return transport.handshake === 'syn-ack' ? 'destination' : null;
}

/** `event_type.type`; 0 where the record has none. */
export function readEventType(flow: JsonObject, complaint: Complaint): number {
  const event = readObject(flow.event_type, 'event_type', 'flow.', complaint);
  return event === null ? 0 : (readInteger(event.type, 'type', 'flow.event_type.', complaint) ?? 0);
}

/** The deprecated `reply` is false also where nothing is known, so only its true is taken. */
export function readIsReply(flow: JsonObject, complaint: Complaint): boolean | null {
  const isReply = readBoolean(flow.is_reply, 'is_reply', 'flow.', complaint);
  return isReply ?? (flow.reply === true ? true : null);
}

export type Aggregate = { readonly ingress: number; readonly egress: number; readonly unknown: number };

/** How many flows the exporter folded into this one, by direction; null where it does not aggregate. */
export function readAggregate(flow: JsonObject, complaint: Complaint): Aggregate | null {
  const json = readObject(flow.aggregate, 'aggregate', 'flow.', complaint);
  if (json === null) return null;
  const counts = {
    ingress: readCount(json.ingress_flow_count, 'ingress_flow_count', 'flow.aggregate.', complaint) ?? 0,
    egress: readCount(json.egress_flow_count, 'egress_flow_count', 'flow.aggregate.', complaint) ?? 0,
    unknown:
      readCount(
        json.unknown_direction_flow_count,
        'unknown_direction_flow_count',
        'flow.aggregate.',
        complaint,
      ) ?? 0,
  };
  return counts.ingress + counts.egress + counts.unknown === 0 ? null : counts;
}

/** The side that logged, before orientation. An aggregate of one direction tells it without the field. */
export function readSide(flow: JsonObject, counts: Aggregate | null, complaint: Complaint): Reporter {
  switch (flow.traffic_direction) {
    case 'EGRESS':
    case 2:
      return 'source';
    case 'INGRESS':
    case 1:
      return 'destination';
    case undefined:
    case null:
    case 'TRAFFIC_DIRECTION_UNKNOWN':
    case 0: {
      if (counts === null || counts.unknown > 0 || counts.ingress > 0 === counts.egress > 0) return 'unknown';
      return counts.egress > 0 ? 'source' : 'destination';
    }
    default: {
      const value = shown(flow.traffic_direction);
      const message = `flow.traffic_direction ${value} is not a direction of Hubble: correct the line`;
      complain(complaint, 'unknown-direction', 'flow.traffic_direction', message);
      return 'unknown';
    }
  }
}
