import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseEmbedOrigin } from './embed-origin.ts';

it.each([
  ['https://wiki.example.com', 'https://wiki.example.com'],
  [' HTTPS://Wiki.Example.com/ ', 'https://wiki.example.com'],
  ['https://wiki.example.com:8443', 'https://wiki.example.com:8443'],
  ['https://wiki.example.com:443', 'https://wiki.example.com'],
  ['https://*.example.com', 'https://*.example.com'],
  ['https://*.example.com:8443', 'https://*.example.com:8443'],
  ['https://wiki', 'https://wiki'],
  ['https://xn--bcher-kva.example', 'https://xn--bcher-kva.example'],
  ['http://localhost:8080', 'http://localhost:8080'],
  ['http://127.0.0.1', 'http://127.0.0.1'],
])('takes %s', (text, origin) => {
  expect(parseEmbedOrigin(text)).toEqual({ ok: true, value: origin });
});

it.each([
  ['', 'write an origin'],
  ['wiki.example.com', 'has no scheme'],
  ['ftp://wiki.example.com', 'ftp: is nothing'],
  ['https://wiki.example.com/space', 'without what follows'],
  ['https://wiki.example.com?x', 'without what follows'],
  ['http://wiki.example.com', 'write https://wiki.example.com'],
  ['https://*', '* stands alone'],
  ['https://*.com', 'names below a domain'],
  ['https://wiki.*.com', '* stands alone'],
  ['https://a*.example.com', '* stands alone'],
  ['http://*.localhost', 'names below a domain'],
  ['https://me@wiki.example.com', 'names somebody'],
  ['https://10.0.0.1', 'no addresses'],
  ['https://[::1]', 'no name of a server'],
  ['https://wiki.example.com:0', 'no port'],
  ['https://wiki.example.com:70000', 'no port'],
  ["https://wiki.example.com; script-src 'unsafe-inline'", 'no name of a server'],
  ["'self'", 'has no scheme'],
  ['null', 'has no scheme'],
  ['https://wiki.example.com\nx: y', 'no name of a server'],
])('refuses %j and says what to write', (text, words) => {
  const parsed = parseEmbedOrigin(text);
  expect(parsed.ok ? parsed.value : parsed.error).toContain(words);
  expect(parsed.ok).toBe(false);
});

it('lets nothing into a header that would mean something there', () => {
  const parts = fc.constantFrom(
    'https://',
    'http://',
    '*.',
    'wiki',
    'localhost',
    '.',
    ':80',
    '/',
    ';',
    ' ',
    ',',
    "'",
    '\n',
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(parts, { maxLength: 8 }).map((some) => some.join('')),
  );
  fc.assert(
    fc.property(texts, (text) => {
      const parsed = parseEmbedOrigin(text);
      if (!parsed.ok) return;
      expect(parsed.value).toMatch(/^https?:\/\/(\*\.)?[a-z0-9.-]+(:\d+)?$/);
      expect(parseEmbedOrigin(parsed.value)).toEqual(parsed);
    }),
  );
});
