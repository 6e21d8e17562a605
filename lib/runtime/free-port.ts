import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:net';

// Below the range that systems give to outgoing connections: one of those could take a port between
// its choice and its use, or while a server that wants it back starts again.
const lowest = 20_000;
const highest = 32_000;

/** A port of the loopback address that nobody listens on, `preferred` where that is free. */
export async function freePort(preferred: number | null): Promise<number> {
  let port = preferred ?? randomInt(lowest, highest);
  while (!(await isFree('127.0.0.1', port))) port = randomInt(lowest, highest);
  return port;
}

/** Whether a server could listen there at this moment. */
export async function isFree(host: string, port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen({ port, host, exclusive: true });
    await once(server, 'listening');
  } catch {
    return false;
  }
  server.close();
  await once(server, 'close');
  return true;
}
