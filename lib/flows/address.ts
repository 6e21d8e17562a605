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

type Octets = readonly [number, number, number, number];

const ipv4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

function parseIpv4(address: string): Octets | null {
  const match = ipv4.exec(address);
  if (match === null) return null;
  const octets: Octets = [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4])];
  return octets.every((octet) => octet <= 255) ? octets : null;
}

function isPrivateIpv4([a, b]: Octets): boolean {
  if (a === 10 || a === 127 || a === 0) return true;
  if (a === 172) return b >= 16 && b <= 31;
  if (a === 192) return b === 168;
  if (a === 100) return b >= 64 && b <= 127;
  return a === 169 && b === 254;
}

/** The eight 16-bit groups (RFC 4291, 2.2), with `::` and a dotted tail written out. */
function parseIpv6(address: string): readonly number[] | null {
  const halves = address.split('::');
  if (halves.length > 2) return null;
  const head = parseGroups(halves[0] ?? '');
  const tail = halves.length === 2 ? parseGroups(halves[1] ?? '') : [];
  if (head === null || tail === null) return null;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null;
  return [...head, ...new Array<number>(missing).fill(0), ...tail];
}

function parseGroups(text: string): readonly number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    const octets = index === parts.length - 1 && part.includes('.') ? parseIpv4(part) : null;
    if (octets !== null) groups.push(octets[0] * 256 + octets[1], octets[2] * 256 + octets[3]);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
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
