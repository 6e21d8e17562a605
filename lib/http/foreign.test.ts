import { describe, expect, it } from 'vitest';
import { refuseForeign } from './foreign.ts';

type Given = Readonly<Record<string, string>>;

const hosts: ReadonlySet<string> = new Set(['flows.example']);

function refused(method: 'GET' | 'POST', headers: Given, reach: 'own-pages' | 'navigation' = 'own-pages') {
  return refuseForeign(new Request('http://localhost/api/v1/graph', { method, headers }), { hosts, reach });
}

describe('refuseForeign', () => {
  it.each<Given>([
    { host: 'localhost:3000' },
    { host: '127.0.0.1:3000' },
    { host: '[::1]:3000' },
    { host: '10.2.3.4:3000' },
    { host: 'flows.example' },
    { host: 'FLOWS.example:443', origin: 'https://flows.example' },
    { host: 'localhost:3000', origin: 'http://localhost:3000', 'sec-fetch-site': 'same-origin' },
    { host: 'localhost', 'sec-fetch-site': 'none' },
    { host: '10.0.0.7:3000', origin: 'https://flows.example' },
    { host: 'ingest.flowloom.svc', authorization: 'Bearer whatever' },
  ])('takes %o', (headers) => {
    expect(refused('GET', headers)).toBeNull();
  });

  it.each<Given>([
    { host: 'rebound.example:3000' },
    { host: 'localhost.example' },
    { host: '127.0.0.1.example' },
    { host: 'localhost:3000', origin: 'https://example.com' },
    { host: 'localhost:3000', origin: 'http://localhost:8080' },
    { host: 'localhost:3000', origin: 'null' },
    { host: 'localhost:3000', 'sec-fetch-site': 'cross-site' },
    { host: 'localhost:3000', 'sec-fetch-site': 'same-site' },
    {},
  ])('refuses %o', (headers) => {
    expect(refused('GET', headers)?.status).toBe(403);
    expect(refused('POST', headers)?.status).toBe(403);
  });

  it('takes a change only with a word on where it comes from', () => {
    expect(refused('POST', { host: 'localhost:3000' })?.status).toBe(403);
    expect(refused('POST', { host: 'localhost:3000', origin: 'http://localhost:3000' })).toBeNull();
    expect(refused('POST', { host: 'localhost:3000', 'sec-fetch-site': 'same-origin' })).toBeNull();
  });

  it('lets another site lead here, and change nothing', () => {
    const led = { host: 'localhost:3000', 'sec-fetch-site': 'cross-site' };
    expect(refused('GET', led, 'navigation')).toBeNull();
    expect(refused('POST', led, 'navigation')?.status).toBe(403);
    expect(refused('GET', { host: 'rebound.example' }, 'navigation')?.status).toBe(403);
  });
});
