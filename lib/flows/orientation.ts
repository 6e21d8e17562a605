import type { FlowEndpoint, Orientation } from './flow-record.ts';
import type { PolicyTrace } from './policy-trace.ts';
import { isIcmp } from './protocol.ts';
import type { Reporter } from './verdict.ts';

/** Answers from the inventory: does this end serve on this port? */
export type IsListening = (endpoint: FlowEndpoint, protocol: string, port: number) => boolean;

/** What a record tells about the packet, which goes from `source` to `destination`. */
export type Packet = {
  readonly source: FlowEndpoint;
  readonly destination: FlowEndpoint;
  readonly protocol: string;
  /** null where the log does not know whether the packet answers another. */
  readonly isReply: boolean | null;
  /** Which end opened the connection, by the SYN (without ACK) or SYN-ACK that was seen. */
  readonly opener: 'source' | 'destination' | null;
};

export type OrientationDecision = {
  readonly orientation: Orientation;
  /** True where the packet's source is the server. */
  readonly isSwapped: boolean;
};

// Linux picks client ports from 32768 up (net.ipv4.ip_local_port_range), and so do cloud gateways.
const FIRST_EPHEMERAL_PORT = 32_768;

/**
 * Tells client from server by the first rule that decides: is-reply, SYN, the one port that is known
 * to listen, the one port below 32768, the lower port, as recorded. ICMP has no ports to go by.
 */
export function decideOrientation(packet: Packet, isListening: IsListening | null): OrientationDecision {
  if (packet.isReply !== null) return { orientation: 'is-reply', isSwapped: packet.isReply };
  if (packet.opener !== null) return { orientation: 'syn', isSwapped: packet.opener === 'destination' };
  const sourcePort = packet.source.port;
  const destinationPort = packet.destination.port;
  if (isIcmp(packet.protocol) || sourcePort === null || destinationPort === null) return asRecorded;
  if (isListening !== null) {
    const sourceListens = isListening(packet.source, packet.protocol, sourcePort);
    if (sourceListens !== isListening(packet.destination, packet.protocol, destinationPort)) {
      return { orientation: 'listening-port', isSwapped: sourceListens };
    }
  }
  if (sourcePort < FIRST_EPHEMERAL_PORT !== destinationPort < FIRST_EPHEMERAL_PORT) {
    return { orientation: 'ephemeral-port', isSwapped: sourcePort < FIRST_EPHEMERAL_PORT };
  }
  if (sourcePort !== destinationPort) {
    return { orientation: 'lower-port', isSwapped: sourcePort < destinationPort };
  }
  return asRecorded;
}

const asRecorded: OrientationDecision = { orientation: 'as-recorded', isSwapped: false };

/** The other side: what was logged at the packet's source was logged at the connection's server. */
export function flipReporter(reporter: Reporter): Reporter {
  if (reporter === 'unknown') return 'unknown';
  return reporter === 'source' ? 'destination' : 'source';
}

/** The same hits, seen from the other direction. */
export function flipTraces(traces: readonly PolicyTrace[]): readonly PolicyTrace[] {
  return traces.map((trace) => ({
    ...trace,
    direction: trace.direction === 'egress' ? 'ingress' : 'egress',
  }));
}
