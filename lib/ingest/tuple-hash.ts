/**
 * 63 bits over what a packet is known by: cluster, source kind, reporter, protocol, addresses and ports.
 * Two independent multiplicative hashes with murmur3's finish. Not SHA-256, which costs ten times as much
 * per opening: two tuples that collide would have to open within the same second to disturb a count.
 */
export type TupleHash = { readonly hi: number; readonly lo: number };

/** The hash of a text or of bytes, to be combined; worth remembering for what repeats. */
export function partHash(part: string | Uint8Array): TupleHash {
  let a = 0x9e3779b9 | 0;
  let b = 0x85ebca6b | 0;
  for (let index = 0; index < part.length; index += 1) {
    const code = typeof part === 'string' ? part.charCodeAt(index) : (part[index] ?? 0);
    a = Math.imul(a ^ code, FIRST);
    b = Math.imul((b << 5) - b + code, SECOND);
  }
  return { hi: finish(a ^ (b >>> 15)), lo: finish(b ^ (a >>> 13)) };
}

/** Combines in order: an address that is a client's is another part than as a server's. */
export function tupleHash(
  origin: TupleHash,
  client: TupleHash,
  clientPort: number,
  server: TupleHash,
  serverPort: number,
): TupleHash {
  let a = Math.imul(origin.hi ^ client.hi, FIRST) ^ clientPort;
  a = Math.imul((a ^ (a >>> 15)) + server.hi, SECOND) ^ serverPort;
  let b = Math.imul(origin.lo ^ server.lo, SECOND) ^ serverPort;
  b = Math.imul((b ^ (b >>> 13)) + client.lo, FIRST) ^ clientPort;
  return { hi: finish(a ^ (b >>> 16)) & 0x7fffffff, lo: finish(b + Math.imul(a, FIRST)) };
}

const FIRST = 0x5bd1e995;
const SECOND = 0x27d4eb2f;

function finish(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}
