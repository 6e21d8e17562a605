export type Octets = readonly [number, number, number, number];

const ipv4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;

/** The four octets of a dotted IPv4 address, null where it is none. */
export function parseIpv4(address: string): Octets | null {
  const match = ipv4.exec(address);
  if (match === null) return null;
  const octets: Octets = [Number(match[1]), Number(match[2]), Number(match[3]), Number(match[4])];
  return octets.every((octet) => octet <= 255) ? octets : null;
}

/** The eight 16-bit groups (RFC 4291, 2.2), with `::` and a dotted tail written out; null where it is none. */
export function parseIpv6(address: string): readonly number[] | null {
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
