import { describe, expect, it } from 'vitest';
import { refuseForeign } from './loopback.ts';

type Given = Readonly<Record<string, string | undefined>>;

function from(given: Given): Request {
  const headers = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, value] as const],
  );
  return new Request('http://localhost/api/v1/graph', { headers: Object.fromEntries(headers) });
}

describe('refuseForeign', () => {
  it.each([
    { host: 'localhost:3000' },
    { host: '127.0.0.1:3000' },
    { host: '[::1]:3000' },
    { host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' },
    { host: 'localhost', 'sec-fetch-site': 'none' },
  ])('takes %o', (headers) => {
    expect(refuseForeign(from(headers))).toBeNull();
  });

  it.each([
    { host: 'rebound.example:3000' },
    { host: 'localhost.example' },
    { host: 'localhost:3000', origin: 'https://example.com' },
    { host: 'localhost:3000', origin: 'http://localhost:8080' },
    { host: 'localhost:3000', origin: 'null' },
    { host: 'localhost:3000', 'sec-fetch-site': 'cross-site' },
    {},
  ])('refuses %o', (headers) => {
    expect(refuseForeign(from(headers))?.status).toBe(403);
  });
});
