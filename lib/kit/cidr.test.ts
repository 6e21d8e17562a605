import { expect, it } from 'vitest';
import { isWithin, overlaps, parseCidr } from './cidr.ts';

function range(text: string) {
  const parsed = parseCidr(text);
  if (parsed === null) throw new Error(`${text} is no range`);
  return parsed;
}

it.each([
  ['10.0.0.0/8', 4, 0x0a000000n, 0x0affffffn],
  ['10.1.2.3/8', 4, 0x0a000000n, 0x0affffffn],
  ['10.1.2.3', 4, 0x0a010203n, 0x0a010203n],
  ['0.0.0.0/0', 4, 0n, 0xffffffffn],
  ['::/0', 6, 0n, (1n << 128n) - 1n],
  ['fd00::/8', 6, 0xfdn << 120n, (0xfen << 120n) - 1n],
  ['::1/128', 6, 1n, 1n],
])('%s is a range', (text, version, first, last) => {
  expect(parseCidr(text)).toEqual({ version, first, last });
});

it.each(['', '10.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '::/129', '10.0.0.256', 'a', '1::2::3'])(
  '%j is no range',
  (text) => {
    expect(parseCidr(text)).toBeNull();
  },
);

it('knows what lies within what', () => {
  expect(isWithin(range('10.1.0.0/16'), range('10.0.0.0/8'))).toBe(true);
  expect(isWithin(range('10.0.0.0/8'), range('10.1.0.0/16'))).toBe(false);
  expect(isWithin(range('::/128'), range('0.0.0.0/0'))).toBe(false);
});

it('knows what overlaps', () => {
  expect(overlaps(range('10.1.0.0/16'), range('10.0.0.0/8'))).toBe(true);
  expect(overlaps(range('10.0.0.0/8'), range('10.1.0.0/16'))).toBe(true);
  expect(overlaps(range('10.0.0.0/8'), range('11.0.0.0/8'))).toBe(false);
  expect(overlaps(range('0.0.0.0/0'), range('::/0'))).toBe(false);
});
