import { expect, it } from 'vitest';
import { readableText } from './readable-text.ts';

const bytes = (...parts: readonly (string | number)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))));

it.each([
  ['text', bytes('{"é":"日本😀"}\t'), '{"é":"日本😀"}\t'],
  ['controls', bytes('a\n\r\0\u001b[31m\u0085'), 'a\\x0a\\x0d\\x00\\x1b[31m\\x85'],
  ['bytes of another encoding', bytes('caf', 0xe9, ' ok'), 'caf\\xe9 ok'],
  ['a lone continuation', bytes(0x80, 'a', 0xc3), '\\x80a\\xc3'],
  ['a byte order mark', bytes(0xef, 0xbb, 0xbf, 'a'), '\ufeffa'],
])('shows %s', (_name, given, shown) => {
  expect(readableText(given)).toBe(shown);
});

it('leaves out what a cut breaks off, and only that', () => {
  const cut = bytes('aé😀').subarray(0, 5);
  expect(readableText(cut, true)).toBe('aé');
  expect(readableText(cut)).toBe('aé\\xf0\\x9f');
});
