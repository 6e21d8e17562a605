/** An address from its number: dotted for IPv4, in the short form of RFC 5952 for IPv6. */
export function addressText(version: 4 | 6, value: bigint): string {
  if (version === 4) return parts(value, 4, 8n).join('.');
  const groups = parts(value, 8, 16n).map((group) => group.toString(16));
  const zeros = longestZeros(groups);
  if (zeros.length < 2) return groups.join(':');
  return `${groups.slice(0, zeros.start).join(':')}::${groups.slice(zeros.start + zeros.length).join(':')}`;
}

function parts(value: bigint, count: number, bits: bigint): readonly number[] {
  return Array.from({ length: count }, (_, at) =>
    Number((value >> (bits * BigInt(count - 1 - at))) & ((1n << bits) - 1n)),
  );
}

/** The first longest run of zero groups. */
function longestZeros(groups: readonly string[]): { readonly start: number; readonly length: number } {
  let best = { start: 0, length: 0 };
  for (let start = 0; start < groups.length; start += 1) {
    let length = 0;
    while (groups[start + length] === '0') length += 1;
    if (length > best.length) best = { start, length };
  }
  return best;
}
