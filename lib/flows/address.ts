import { type Octets, parseIpv4, parseIpv6 } from '#lib/kit/ip-address.ts';

/**
 * What an address alone tells. `private` is RFC 1918, RFC 4193, RFC 6598 (carrier-grade NAT, which
 * clouds give to pods), link-local and loopback; null is no address at all.
 */
export function networkOfAddress(address: string): 'public' | 'private' | null {
  if (!address.includes(':')) {
    const octets = parseIpv4(address);
    return octets === null ? null : isPrivateIpv4(octets) ? 'private' : 'public';
  }
  const groups = parseIpv6(address);
  if (groups === null) return null;
  return isPrivateIpv6(groups) ? 'private' : 'public';
}

function isPrivateIpv4([a, b]: Octets): boolean {
  if (a === 10 || a === 127 || a === 0) return true;
  if (a === 172) return b >= 16 && b <= 31;
  if (a === 192) return b === 168;
  if (a === 100) return b >= 64 && b <= 127;
  return a === 169 && b === 254;
}

function isPrivateIpv6(groups: readonly number[]): boolean {
  const first = groups[0] ?? 0;
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) {
    const [high = 0, low = 0] = groups.slice(6);
    return isPrivateIpv4([high >> 8, high & 0xff, low >> 8, low & 0xff]);
  }
  // fc00::/7, fe80::/10, and :: and ::1, which are all zero but for the last bit.
  if ((first & 0xfe00) === 0xfc00 || (first & 0xffc0) === 0xfe80) return true;
  return groups.slice(0, 7).every((group) => group === 0) && (groups[7] ?? 0) <= 1;
}
