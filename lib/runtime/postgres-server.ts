import { spawn } from 'node:child_process';
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
} from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { choosePostgresAccount, type PostgresAccount } from './postgres-account.ts';
import { loginName, preparePostgresData } from './postgres-data.ts';
import { Refusal } from './refusal.ts';
import { removeStalePostmaster } from './stale-postmaster.ts';
import { type Ladder, type WatchedChild, watchChild } from './watched-child.ts';

/** A Postgres of our own on the loopback address. */
export type PostgresServer = WatchedChild & { readonly url: string; readonly port: number };

export type PostgresOptions = {
  /** Absolute. Only one process may do this with a folder at a time: see keeper.ts. */
  readonly home: string;
  readonly preferredPort: number | null;
  /** Faster, and worth nothing after a power cut: for tests. */
  readonly isThrowaway: boolean;
};

// Fast, then immediate (recovered at the next start), then by force.
const ladder: Ladder = [
  { signal: 'SIGINT', graceMs: 5_000 },
  { signal: 'SIGQUIT', graceMs: 2_000 },
  { signal: 'SIGKILL', graceMs: 1_000 },
];
const startTimeoutMs = 60_000;
const attempts = 4;
const largestLogBytes = 8 * 1024 * 1024;

/** Starts Postgres on the data below `home`, which is made where it is missing. */
export async function startPostgres(options: PostgresOptions): Promise<PostgresServer> {
  mkdirSync(options.home, { recursive: true, mode: 0o700 });
  const account = choosePostgresAccount(options.home);
  const { folder, password } = preparePostgresData(account, options);
  await removeStalePostmaster(folder);
  for (let attempt = 1; ; attempt++) {
    const port = await freePort(options.preferredPort);
    const server = await launch(account, folder, port, options);
    if (await isReady(server, folder)) {
      return { ...server, port, url: `postgres://${loginName}:${password}@127.0.0.1:${port}/postgres` };
    }
    // The port was taken in the meantime, or backends of a killed Postgres still hold its memory.
    if (attempt === attempts) throw new Refusal(`Postgres does not start:\n${lastLines(account)}`);
    await pause(250 * attempt);
  }
}

async function launch(
  account: PostgresAccount,
  folder: string,
  port: number,
  { isThrowaway }: PostgresOptions,
): Promise<WatchedChild> {
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 64,
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Nothing replicates from here, so COPY into a new table and the like may write less.
    wal_level: 'minimal',
    max_wal_senders: 0,
    max_wal_size: '2GB',
    ...(isThrowaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const [command = '', ...args] = [
    ...account.prefix,
    join(account.binaries, 'bin/postgres'),
    '-D',
    folder,
    ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const log = openLog(account);
  try {
    const child = spawn(command, args, {
      cwd: account.folder,
      stdio: ['ignore', log, log],
      ...account.owner,
    });
    return await watchChild(child, { reach: 'process', ladder });
  } finally {
    closeSync(log);
  }
}

/** Postgres itself writes into its lock file when it takes connections. */
async function isReady(server: WatchedChild, folder: string): Promise<boolean> {
  let hasEnded = false;
  void server.ended.then(() => {
    hasEnded = true;
  });
  const giveUpAt = Date.now() + startTimeoutMs;
  const file = join(folder, 'postmaster.pid');
  while (!hasEnded && Date.now() < giveUpAt) {
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
    if (lines[0] === String(server.pid) && lines[7]?.trim() === 'ready') return true;
    await pause(20);
  }
  await server.stop();
  return false;
}

function logFile(account: PostgresAccount): string {
  return join(account.folder, 'postgres.log');
}

function openLog(account: PostgresAccount): number {
  const file = logFile(account);
  if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > largestLogBytes)
    renameSync(file, `${file}.old`);
  const log = openSync(file, 'a', 0o600);
  if (account.owner) chownSync(file, account.owner.uid, account.owner.gid);
  return log;
}

function lastLines(account: PostgresAccount): string {
  return readFileSync(logFile(account), 'utf8').trimEnd().split('\n').slice(-12).join('\n');
}
