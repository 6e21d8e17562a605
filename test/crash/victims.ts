import { spawn } from 'node:child_process';
import {
  appendFileSync,
  copyFileSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { readEnvironment } from '#lib/config/environment.ts';
import { migrate } from '#lib/db/migrate.ts';
import { databaseUrls } from '#lib/db/urls.ts';
import { freePort } from '#lib/runtime/free-port.ts';
import { serveWithNext } from '#lib/runtime/next-program.ts';
import { startPostgres } from '#lib/runtime/postgres-server.ts';
import { projectRoot } from '#lib/runtime/project-root.ts';
import { type Ladder, watchChild } from '#lib/runtime/watched-child.ts';
import { until } from '../processes.ts';
import { withClient } from '../with-client.ts';
import { type Life, revive, type Victim } from './victim.ts';

/** With fsync, since what is acknowledged has to outlive a crash of the database too; always on one port. */
export async function runPostgres(home: string): Promise<Victim & { readonly url: string }> {
  const port = await freePort(null);
  let url = '';
  const victim = revive('postgres', async () => {
    const server = await startPostgres({ home, preferredPort: port, isThrowaway: false });
    url = server.url;
    if (server.port === port) return { ...server, target: server.pid };
    await server.stop();
    throw new Error(`port ${port} is taken`);
  });
  await until('Postgres', () => url !== '', 60_000);
  return { ...victim, url };
}

export type TalkingVictim = Victim & {
  /** What it printed last. */
  readonly said: () => string;
};

/** `next start`, as `npm start` runs it, on a migrated database. */
export async function runServer(
  home: string,
  databaseUrl: string,
): Promise<TalkingVictim & { readonly address: string }> {
  await migrate(databaseUrl);
  const port = await freePort(null);
  const given = { DATABASE_URL: databaseUrl, FLOWLOOM_HOME: home, PORT: String(port), FLOWLOOM_DEMO: 'off' };
  const environment = readEnvironment(given);
  if (!environment.ok) throw new Error(environment.error);
  const env: NodeJS.ProcessEnv = { ...process.env };
  // Next chooses its own.
  Reflect.deleteProperty(env, 'NODE_ENV');
  const { writer, reader } = databaseUrls(databaseUrl);
  const urls = { DATABASE_WRITER_URL: writer, DATABASE_READER_URL: reader };
  const program = talkative(serveWithNext('start', environment.value), {
    ...env,
    ...given,
    ...urls,
    NEXT_TELEMETRY_DISABLED: '1',
  });
  const victim = revive('server', program.begin);
  return { ...victim, said: program.said, address: `http://127.0.0.1:${port}` };
}

export type FollowingVictim = TalkingVictim & {
  /** Settles when everything is in the log. */
  readonly written: Promise<void>;
  /** Asks for its end; throws where that is none as it should be. */
  readonly finish: () => Promise<void>;
};

/** The command that reads a file to its end. */
export function ingestFile(file: string, lines: readonly string[], databaseUrl: string): TalkingVictim {
  writeFileSync(file, textOf(lines));
  const command = flowloom(['ingest', file, '--cluster', 'crash'], databaseUrl);
  return { ...revive('ingest', command.begin, (how) => how === 'code 0'), said: command.said };
}

const LINES_AT_ONCE = 200;

/** The command that follows a log while that is written and rotated in every way. */
export function followLog(
  log: string,
  lines: readonly string[],
  databaseUrl: string,
  random: { readonly below: (bound: number) => number },
): FollowingVictim {
  const command = flowloom(['ingest', log, '--follow', '--cluster', 'crash'], databaseUrl);
  writeFileSync(log, textOf(lines.slice(0, LINES_AT_ONCE)));
  const victim = revive('follow', command.begin);
  async function write(): Promise<void> {
    // Nothing that is rotated away before it was ever read counts as followed.
    await until('the first lines', () => isRead(databaseUrl, log), 60_000);
    for (let from = LINES_AT_ONCE, turn = 1; from < lines.length; from += LINES_AT_ONCE, turn += 1) {
      appendFileSync(log, textOf(lines.slice(from, from + LINES_AT_ONCE)));
      await pause(random.below(300));
      if (random.below(4) === 0)
        rotate(log, `${log}.${1000 - turn}`, random.below(3) > 0, random.below(3) === 0);
    }
  }
  const written = write();
  written.catch(() => undefined);
  return {
    ...victim,
    said: command.said,
    written,
    finish: async () => {
      const how = await victim.stop();
      if (how !== 'code 0') throw new Error(`the follower ended by ${how}`);
    },
  };
}

async function isRead(databaseUrl: string, log: string): Promise<boolean> {
  const question = 'SELECT FROM ingest_batch WHERE source = $1';
  return await withClient(databaseUrl, async (client) => {
    return (await client.query(question, [log])).rows.length > 0;
  }).catch(() => false);
}

function rotate(log: string, to: string, isRenamed: boolean, isPacked: boolean): void {
  if (isRenamed) {
    renameSync(log, to);
    writeFileSync(log, '');
  } else {
    copyFileSync(log, to);
    truncateSync(log, 0);
  }
  if (!isPacked) return;
  writeFileSync(`${to}.gz`, gzipSync(readFileSync(to)));
  rmSync(to);
}

function textOf(lines: readonly string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

const ladder: Ladder = [
  { signal: 'SIGTERM', graceMs: 60_000 },
  { signal: 'SIGKILL', graceMs: 1_000 },
];
const KEPT = 4_000;

/** Lives of the `flowloom` command. */
function flowloom(args: readonly string[], databaseUrl: string): ReturnType<typeof talkative> {
  const env = { ...process.env, DATABASE_URL: databaseUrl, FLOWLOOM_DEMO: 'off' };
  return talkative(['bin/flowloom.js', ...args], env);
}

/** Lives of a program of this Node, each in a process group of its own, and the end of what they print. */
function talkative(
  command: readonly string[],
  env: NodeJS.ProcessEnv,
): { readonly begin: () => Promise<Life>; readonly said: () => string } {
  let output = '';
  async function begin(): Promise<Life> {
    const child = spawn(process.execPath, command, {
      cwd: projectRoot,
      env,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output = `${output}${chunk}`.slice(-KEPT);
      });
    const watched = await watchChild(child, { reach: 'group', ladder });
    return { ...watched, target: -watched.pid };
  }
  return { begin, said: () => output };
}
