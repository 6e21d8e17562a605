import { type AddressRange, parseCidr } from './cidr.ts';

// What lib/flows/address.ts takes for private, in order.
const privateNets = {
  4: [
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.168.0.0/16',
  ],
  6: ['::/127', '::ffff:0:0/96', 'fc00::/7', 'fe80::/10'],
} as const;

/** Every address that is of the public network. */
export const publicRanges: readonly AddressRange[] = ([4, 6] as const).flatMap((version) => {
  const ranges: AddressRange[] = [];
  let first = 0n;
  for (const net of privateNets[version].map(parseCidr)) {
    if (net === null) continue;
    if (net.first > first) ranges.push({ version, first, last: net.first - 1n });
    first = net.last + 1n;
  }
  const end = (1n << (version === 4 ? 32n : 128n)) - 1n;
  return [...ranges, { version, first, last: end }];
});
