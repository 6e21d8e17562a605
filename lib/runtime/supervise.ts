import { publicAddress } from '#lib/auth/public-address.ts';
import type { Environment } from '#lib/config/environment.ts';
import { SchemaMismatch } from '#lib/db/schema-mismatch.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { isFree } from './free-port.ts';
import { type OpenDatabase, openDatabase } from './open-database.ts';
import { Refusal } from './refusal.ts';
import { isServing, startServer } from './server-process.ts';
import { step } from './step.ts';
import { orStopped, Stopped, stopRequest } from './stop-request.ts';
import type { WatchedChild } from './watched-child.ts';

/** What is served, and what has to be done before. */
export type Service = {
  /** Arguments of this Node that start the server. */
  readonly command: readonly string[];
  /** Answers what to say with the address, line by line. */
  readonly prepare: (urls: DatabaseUrls, stop: AbortSignal) => Promise<readonly string[]>;
};

const restartWindowMs = 60_000;
const mostRestarts = 3;

/** Owns the database and the server until it is asked to stop; answers the exit code. */
export async function supervise(environment: Environment, service: Service): Promise<number> {
  const stop = stopRequest();
  const held: { database?: OpenDatabase; server?: WatchedChild } = {};
  try {
    await refuseTakenPort(environment);
    held.database = await step('opening the database', () => orStopped(openDatabase(environment), stop));
    const greeting = await orStopped(service.prepare(held.database.urls, stop), stop);
    for (const starts: number[] = []; ; starts.push(Date.now())) {
      refuseEndlessRestarts(starts);
      const { urls } = held.database;
      held.server = await startServer(service.command, environment, urls);
      const end = await serve(environment, { server: held.server, held, greeting }, stop);
      console.error(`${end}; starting it again`);
      await held.server.stop();
    }
  } catch (error) {
    if (error instanceof Stopped) return 0;
    if (!(error instanceof Refusal || error instanceof SchemaMismatch)) throw error;
    console.error(`\n${error.message}`);
    return 1;
  } finally {
    await held.server?.stop();
    await held.database?.close('now');
  }
}

type Served = {
  readonly server: WatchedChild;
  readonly held: { database?: OpenDatabase };
  readonly greeting: readonly string[];
};

/** Serves until the server has to be started again; answers why. */
async function serve(
  environment: Environment,
  { server, held, greeting }: Served,
  stop: AbortSignal,
): Promise<string> {
  if (await orStopped(isServing(server, addressOf(environment), stop), stop)) announce(environment, greeting);
  for (;;) {
    const { database } = held;
    const end = await orStopped(
      Promise.race([
        server.ended.then((how) => `The server ended by itself (${how})`),
        database?.ended.then(() => null) ?? null,
      ]),
      stop,
    );
    if (end !== null) return end;
    console.error('The keeper of the database ended; starting another one');
    held.database = await orStopped(openDatabase(environment), stop);
    if (held.database.urls.owner !== database?.urls.owner) return 'The database has moved to another port';
  }
}

function refuseEndlessRestarts(starts: readonly number[]): void {
  if (starts.filter((at) => at > Date.now() - restartWindowMs).length <= mostRestarts) return;
  throw new Refusal(
    `The server ended ${mostRestarts} times within a minute, so it is not started again. ` +
      'What it printed above says why; npm run dev says more.',
  );
}

async function refuseTakenPort({ host, port }: Environment): Promise<void> {
  if (await isFree(host, port)) return;
  throw new Refusal(
    `Port ${port} of ${host} is in use. Stop what listens there, or take another one: PORT=${port + 1} npm start`,
  );
}

function addressOf({ host, port }: Environment): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function announce(environment: Environment, greeting: readonly string[]): void {
  const { databaseUrl, home } = environment;
  const database = databaseUrl === null ? `embedded, in ${home}` : new URL(databaseUrl).host;
  const address = publicAddress(environment);
  console.log(`\nFlowloom is at ${address}  (database: ${database}; Ctrl-C stops it)`);
  for (const line of greeting) console.log(line);
}
