import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { type KeeperAddress, readKeeperAddress, writeKeeperAddress } from './keeper-address.ts';
import { farewell, type KeeperAnswer } from './keeper-answer.ts';
import { tryLock } from './kernel-lock.ts';
import { type PostgresServer, startPostgres } from './postgres-server.ts';
import { Refusal } from './refusal.ts';

// One process per FLOWLOOM_HOME that owns its Postgres. Whoever uses the database keeps a connection to
// it open: the kernel closes that however a user ends, and some seconds after the last one Postgres stops.

// Commands often follow each other: the next one finds Postgres still running.
const lingerMs = 2_000;
// The first member is on its way; it may also have been killed.
const firstMemberMs = 15_000;
const restartWindowMs = 60_000;
const mostRestarts = 5;
// What keeps Postgres from starting again, a full disk mostly, may pass.
const nextTryMs = 2_000;

const home = process.argv[2] ?? '';
mkdirSync(home, { recursive: true, mode: 0o700 });
const lock = tryLock(join(home, 'keeper.lock'));
// Another keeper was quicker: the member that started this one will find that.
if (lock) await keep();
process.exit(0);

async function keep(): Promise<void> {
  const members = new Set<Socket>();
  const stop = Promise.withResolvers<void>();
  let timer = setTimeout(stop.resolve, firstMemberMs);
  process.on('SIGTERM', stop.resolve).on('SIGINT', stop.resolve);
  let isStopping = false;
  void stop.promise.then(() => {
    isStopping = true;
  });

  const secret = randomBytes(24).toString('base64url');
  // Whoever comes first waits for it; who comes later hears how it is then.
  const first = Promise.withResolvers<void>();
  let answer: KeeperAnswer = { status: 'refused', message: 'Postgres has not been started yet.' };
  const tell = (next: KeeperAnswer): void => {
    answer = next;
    first.resolve();
  };
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    const lines = createInterface(socket);
    lines.once('line', async (given) => {
      // Whoever comes while Postgres stops finds nobody, and starts the next keeper.
      if (given !== secret || isStopping) return socket.destroy();
      members.add(socket);
      clearTimeout(timer);
      lines.on('line', (line) => {
        if (line === farewell && members.size === 1) stop.resolve();
        else socket.end();
      });
      socket.once('close', () => {
        members.delete(socket);
        if (members.size > 0) return;
        clearTimeout(timer);
        timer = setTimeout(stop.resolve, lingerMs);
      });
      await first.promise;
      socket.write(`${JSON.stringify(answer)}\n`);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const bound = server.address();
  const address: KeeperAddress = {
    pid: process.pid,
    port: typeof bound === 'object' && bound !== null ? bound.port : 0,
    secret,
    // The same port as last time, so that a server that outlived its keeper finds Postgres again.
    postgresPort: readKeeperAddress(home)?.postgresPort ?? null,
  };
  writeKeeperAddress(home, address);
  await runPostgres(address, tell, stop.promise);
  server.close();
}

/** Runs Postgres until `stop`, and again where it ends by itself. */
async function runPostgres(
  address: KeeperAddress,
  tell: (answer: KeeperAnswer) => void,
  stop: Promise<void>,
): Promise<void> {
  let port = address.postgresPort;
  const starts: number[] = [];
  for (;;) {
    const postgres = await start(port);
    if (postgres instanceof Refusal) {
      tell({ status: 'refused', message: postgres.message });
      // Its members hang up when they have read it; those that had a database wait for it.
      if (starts.length === 0) return stop;
      const isOver = await Promise.race([stop.then(() => true), pause(nextTryMs, false)]);
      if (isOver) return;
      continue;
    }
    port = postgres.port;
    writeKeeperAddress(home, { ...address, postgresPort: port });
    tell({ status: 'ready', url: postgres.url });
    const end = await Promise.race([postgres.ended, stop.then(() => null)]);
    if (end === null) return postgres.stop();
    starts.push(Date.now());
    console.error(`${new Date().toISOString()} Postgres ended (${end}), starting it again`);
    if (starts.filter((at) => at > Date.now() - restartWindowMs).length > mostRestarts) {
      console.error('Postgres keeps ending, giving up');
      return;
    }
  }
}

async function start(preferredPort: number | null): Promise<PostgresServer | Refusal> {
  try {
    return await startPostgres({ home, preferredPort, isThrowaway: false });
  } catch (error) {
    if (error instanceof Refusal) return error;
    console.error(error);
    return new Refusal(
      `The embedded Postgres could not be started: ${error instanceof Error ? error.message : error}\n` +
        `More is in ${join(home, 'keeper.log')}.`,
    );
  }
}
