import fc from 'fast-check';
import { expect, it } from 'vitest';
import { networkOfAddress } from '#lib/flows/address.ts';
import { isWithin, parseCidr } from './cidr.ts';
import { publicRanges } from './public-ranges.ts';

const isPublic = (address: string): boolean => {
  const range = parseCidr(address);
  return range !== null && publicRanges.some((outer) => isWithin(range, outer));
};

it('holds the addresses that flows take for public', () => {
  const near = ['9.255.255.255', '11.0.0.0', '100.63.255.255', '100.128.0.0', '172.15.0.1', '172.32.0.0'];
  const inside = ['10.0.0.0', '172.31.255.255', '::1', '::2', 'fbff::1', 'fe80::1', 'fec0::1'];
  for (const address of [...near, ...inside]) {
    expect([address, isPublic(address)]).toEqual([address, networkOfAddress(address) === 'public']);
  }
  fc.assert(
    fc.property(fc.ipV4(), (address) => isPublic(address) === (networkOfAddress(address) === 'public')),
  );
});
