import { expect, it } from 'vitest';

import { inetBytes } from './inet.ts';

function hex(text: string): string | null {
  const bytes = inetBytes(text);
  return bytes === null ? null : Buffer.from(bytes).toString('hex');
}

it.each([
  ['10.0.0.1', '022000040a000001'],
  ['::', `03800010${'00'.repeat(16)}`],
  ['::1', `03800010${'00'.repeat(15)}01`],
  ['2001:db8::a:1', '0380001020010db80000000000000000000a0001'],
  ['::ffff:10.0.0.1', '0380001000000000000000000000ffff0a000001'],
  ['fe80::', `03800010fe80${'00'.repeat(14)}`],
])('writes %s as Postgres reads it', (text, expected) => {
  expect(hex(text)).toBe(expected);
});

it.each(['', 'host', '10.0.0', '10.0.0.1/8', 'fe80::1%eth0'])('takes %j for no address', (text) => {
  expect(inetBytes(text)).toBeNull();
});
