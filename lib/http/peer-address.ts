import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

const header = 'x-flowloom-peer';

// Written by the first who asks; development reloads modules, and Next bundles them more than once.
const held = globalThis as { flowloomPeerKey?: string };

/**
 * From now on every request says where its connection comes from. Next hands on no socket, and the
 * x-forwarded-for that it makes is whatever a client wrote there; Node tells of each request before anybody
 * reads it, and the address is put under a key that nobody outside the process knows.
 */
export function notePeerAddresses(): void {
  if (held.flowloomPeerKey !== undefined) return;
  const key = randomUUID();
  held.flowloomPeerKey = key;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    request.headers[header] = `${key} ${request.socket.remoteAddress ?? ''}`;
  });
}

/** The other end of a request's connection: a client, or the proxy before it. null where nobody noted it. */
export function peerAddress(request: Request): string | null {
  const [key, address = ''] = request.headers.get(header)?.split(' ') ?? [];
  if (held.flowloomPeerKey === undefined || key !== held.flowloomPeerKey || address === '') return null;
  return address.replace(/^::ffff:/, '');
}

/** True for a connection that came from this machine, and false where that is not known. */
export function isPeerLoopback(request: Request): boolean {
  const address = peerAddress(request);
  return address !== null && (address === '::1' || address.startsWith('127.'));
}
