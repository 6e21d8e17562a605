/** IP protocol numbers that flow logs carry (IANA "Assigned Internet Protocol Numbers"). */
const keywordOf = new Map([
  [1, 'icmp'],
  [2, 'igmp'],
  [6, 'tcp'],
  [17, 'udp'],
  [47, 'gre'],
  [50, 'esp'],
  [51, 'ah'],
  [58, 'icmpv6'],
  [89, 'ospfigp'],
  [103, 'pim'],
  [112, 'vrrp'],
  [132, 'sctp'],
]);

/** Where a record names no protocol. 0 is also IPv6 hop-by-hop options, which is no protocol to serve by. */
export const unknownProtocol = '0';

/** The keyword of a protocol number, or the number itself as text. */
export function protocolOfNumber(number: number): string {
  return keywordOf.get(number) ?? String(number);
}

/** A protocol as flow logs spell it (`TCP`, `6`, `icmp6`) in the one spelling of FlowRecord. */
export function protocolOfText(text: string): string {
  const lower = text.toLowerCase();
  if (/^\d{1,3}$/.test(lower)) return protocolOfNumber(Number(lower));
  if (lower === 'icmp6' || lower === 'ipv6-icmp') return 'icmpv6';
  return lower;
}

/** True for protocols whose "ports" in some logs are types and codes. */
export function isIcmp(protocol: string): boolean {
  return protocol === 'icmp' || protocol === 'icmpv6';
}
