import { addressText } from '#lib/kit/address-text.ts';
import { type AddressRange, parseCidr } from '#lib/kit/cidr.ts';

// From here on single addresses look like a service that moves within its network.
const NEIGHBOURS = 4;
// Calico takes 256 in one rule, and nobody reads as many.
const MOST = 64;

export type Narrowed = {
  readonly cidrs: readonly string[];
  /** Wider than what was seen. */
  readonly isWidened: boolean;
};

/** The addresses as CIDRs: each alone, four or more neighbours as their /24 (/64), and far too many as everything. */
export function narrowCidrs(addresses: Iterable<string>): Narrowed {
  const ranges = [...new Set(addresses)].map(parseCidr).filter((range) => range !== null);
  const groups = Map.groupBy(ranges, networkOf);
  const cidrs: string[] = [];
  let isWidened = false;
  for (const [network, members] of groups) {
    const wide = members.length >= NEIGHBOURS;
    isWidened ||= wide;
    if (wide) cidrs.push(network);
    else
      for (const { version, first } of members)
        cidrs.push(`${addressText(version, first)}/${version === 4 ? 32 : 128}`);
  }
  if (cidrs.length <= MOST) return { cidrs: cidrs.sort(), isWidened };
  const versions = new Set(ranges.map(({ version }) => version));
  const everything = [...versions].sort().map((version) => (version === 4 ? '0.0.0.0/0' : '::/0'));
  return { cidrs: everything, isWidened: true };
}

function networkOf({ version, first }: AddressRange): string {
  const [size, length] = version === 4 ? [1n << 8n, 24] : [1n << 64n, 64];
  return `${addressText(version, (first / size) * size)}/${length}`;
}
