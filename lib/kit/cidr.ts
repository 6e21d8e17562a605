import { parseIpv4, parseIpv6 } from './ip-address.ts';

/** A range of addresses of one IP version, both ends inclusive. */
export type AddressRange = { readonly version: 4 | 6; readonly first: bigint; readonly last: bigint };

/**
 * `a.b.c.d`, `a.b.c.d/n` and the like for IPv6 as a range; null for anything else. Bits behind the
 * prefix are ignored, as Calico and Kubernetes do.
 */
export function parseCidr(text: string): AddressRange | null {
  const slash = text.indexOf('/');
  const address = parseAddress(slash === -1 ? text : text.slice(0, slash));
  if (address === null) return null;
  const bits = address.version === 4 ? 32 : 128;
  const length = slash === -1 ? bits : prefixLength(text.slice(slash + 1), bits);
  if (length === null) return null;
  const size = 1n << BigInt(bits - length);
  const first = (address.value / size) * size;
  return { version: address.version, first, last: first + size - 1n };
}

/** Whether every address of `inner` lies in `outer`. */
export function isWithin(inner: AddressRange, outer: AddressRange): boolean {
  return inner.version === outer.version && inner.first >= outer.first && inner.last <= outer.last;
}

/** Whether two ranges share an address. */
export function overlaps(a: AddressRange, b: AddressRange): boolean {
  return a.version === b.version && a.first <= b.last && b.first <= a.last;
}

function prefixLength(text: string, bits: number): number | null {
  return /^\d{1,3}$/.test(text) && Number(text) <= bits ? Number(text) : null;
}

function parseAddress(text: string): { readonly version: 4 | 6; readonly value: bigint } | null {
  if (!text.includes(':')) {
    const octets = parseIpv4(text);
    return octets === null ? null : { version: 4, value: joined(octets, 8n) };
  }
  const groups = parseIpv6(text);
  return groups === null ? null : { version: 6, value: joined(groups, 16n) };
}

function joined(parts: readonly number[], bits: bigint): bigint {
  return parts.reduce((value, part) => (value << bits) | BigInt(part), 0n);
}
