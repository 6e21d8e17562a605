import { once } from 'node:events';
import { createServer, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { isPeerLoopback, notePeerAddresses, peerAddress } from './peer-address.ts';

function requestWith(headers: Record<string, string>): Request {
  return new Request('http://localhost/metrics', { headers });
}

it('believes no header before anybody has noted addresses, and none that it did not write after', () => {
  const claim = { 'x-flowloom-peer': 'undefined 127.0.0.1', 'x-forwarded-for': '127.0.0.1' };
  expect([peerAddress(requestWith(claim)), isPeerLoopback(requestWith(claim))]).toEqual([null, false]);
  notePeerAddresses();
  expect([peerAddress(requestWith(claim)), isPeerLoopback(requestWith(claim))]).toEqual([null, false]);
});

it('notes the address of the connection over whatever a client sent', async () => {
  notePeerAddresses();
  const server = createServer((incoming, outgoing) => {
    const request = requestWith({ 'x-flowloom-peer': String(incoming.headers['x-flowloom-peer']) });
    outgoing.end(`${peerAddress(request)} ${isPeerLoopback(request)}`);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  try {
    const { port } = server.address() as AddressInfo;
    const answer = await new Promise<string>((resolve, reject) => {
      get({ port, host: '127.0.0.1', headers: { 'x-flowloom-peer': 'guess 203.0.113.7' } }, (response) => {
        let body = '';
        response.on('data', (chunk) => {
          body += String(chunk);
        });
        response.on('end', () => resolve(body));
      }).on('error', reject);
    });
    expect(answer).toBe('127.0.0.1 true');
  } finally {
    server.close();
  }
});

it.each([
  ['203.0.113.7', false],
  ['::ffff:127.0.0.1', true],
  ['::1', true],
  ['10.0.0.127', false],
])('knows whether %s is this machine: %s', (address, isLoopback) => {
  notePeerAddresses();
  const key = (globalThis as { flowloomPeerKey?: string }).flowloomPeerKey ?? '';
  expect(isPeerLoopback(requestWith({ 'x-flowloom-peer': `${key} ${address}` }))).toBe(isLoopback);
});
