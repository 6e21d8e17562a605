import { protocolOfText } from '#lib/flows/protocol.ts';

const withPorts: ReadonlySet<string> = new Set(['tcp', 'udp', 'sctp']);
const named: ReadonlySet<string> = new Set([...withPorts, 'icmp', 'icmpv6']);

/** A protocol as people write it, in the spelling of flow records; null for what is none. */
export function askedProtocol(
  text: string,
): { readonly protocol: string; readonly hasPorts: boolean } | null {
  const protocol = protocolOfText(text);
  if (!named.has(protocol) && !/^\d{1,3}$/.test(text)) return null;
  return { protocol, hasPorts: withPorts.has(protocol) };
}
