import { unknownProtocol } from '#lib/flows/protocol.ts';
import type { Traffic } from '../model.ts';

const withPorts: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp', unknownProtocol]);

/** The protocol as policies are asked about it; null where it is not recorded. */
export function protocolName(protocol: string): string | null {
  return protocol === unknownProtocol ? null : protocol;
}

/**
 * The port as policies are asked about it; null where it may be any. Of ICMP and the like it is 0, none: rules
 * that ask for one do not hold whichever it is.
 */
export function portNumber(protocol: string, port: Traffic['port']): number | null {
  if (typeof port === 'number') return port;
  return withPorts.has(protocol) || port === 'other' ? null : 0;
}
