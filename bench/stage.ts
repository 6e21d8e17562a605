import { execFile, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

import { readEnvironment } from '#lib/config/environment.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { openDatabase } from '#lib/runtime/open-database.ts';

import type { LogSpec } from './flow-log.ts';

export type Ingested = {
  readonly accepted: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakRssMiB: number;
};

/** What a case is measured on: a folder that is thrown away, and an empty database with fsync on. */
export type Stage = {
  readonly urls: DatabaseUrls;
  readonly path: (name: string) => string;
  readonly writeLog: (name: string, spec: LogSpec) => string;
  /** One after the other, by one process. */
  readonly ingest: (...files: readonly string[]) => readonly Ingested[];
  /** All at once, by a process each. */
  readonly ingestAtOnce: (...files: readonly string[]) => Promise<readonly Ingested[]>;
  readonly readerUrl: string;
  readonly query: (sql: string) => Promise<pg.QueryResult>;
  /** Of Postgres, all its processes; null where it is not on this machine. */
  readonly postgresCpuSeconds: () => Promise<number | null>;
};

// What getconf CLK_TCK says on every Linux.
const TICKS_PER_SECOND = 100;

/** DATABASE_URL names a server to make a fresh database on; without it an embedded one is made. */
export async function onStage<T>(use: (stage: Stage) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(path.join(tmpdir(), 'flowloom-bench-'));
  const server = process.env.DATABASE_URL;
  const name = `flowloom_bench_${randomUUID().slice(0, 8)}`;
  try {
    if (server) await onServer(server, `CREATE DATABASE ${name}`);
    const environment = readEnvironment({
      ...process.env,
      DATABASE_URL: server ? databaseOn(server, name) : undefined,
      FLOWLOOM_HOME: path.join(folder, 'home'),
      FLOWLOOM_DEMO: 'off',
    });
    if (!environment.ok) throw new Error(environment.error);
    const { urls, close } = await openDatabase(environment.value);
    try {
      return await use(stageOn(folder, urls));
    } finally {
      // Not in the background, as a command does it: its files go next.
      await close('now');
    }
  } finally {
    if (server) await onServer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    rmSync(folder, { recursive: true, force: true });
  }
}

function stageOn(folder: string, urls: DatabaseUrls): Stage {
  const pathOf = (name: string) => path.join(folder, name);
  const query = (sql: string) => onServer(urls.owner, sql);
  return {
    urls,
    path: pathOf,
    readerUrl: urls.reader,
    query,
    writeLog: (name, spec) => {
      run('bench/write-flow-log.ts', pathOf(name), JSON.stringify(spec));
      return pathOf(name);
    },
    ingest: (...files) => ingestedIn(run('bench/ingest-files.ts', urls.writer, ...files)),
    ingestAtOnce: async (...files) => {
      const start = (file: string) =>
        promisify(execFile)(process.execPath, ['bench/ingest-files.ts', urls.writer, file]);
      const outputs = await Promise.all(files.map(start));
      return outputs.flatMap(({ stdout }) => ingestedIn(stdout));
    },
    postgresCpuSeconds: async () => {
      // One that is still there when it is looked for.
      const { rows } = await query("SELECT pid FROM pg_stat_activity WHERE backend_type = 'checkpointer'");
      return cpuOfFamily(Number(rows[0]?.pid));
    },
  };
}

function ingestedIn(output: string): readonly Ingested[] {
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Ingested);
}

function run(script: string, ...args: readonly string[]): string {
  const { status, stdout } = spawnSync(process.execPath, [script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`${script} ended with ${status}`);
  return stdout;
}

/**
 * What the parent of a process of Postgres and all its children, gone or not, have taken. Children are found by their own
 * word for their parent: not every kernel lists them.
 */
function cpuOfFamily(child: number): number | null {
  try {
    const { parent } = statOf(child);
    const { own, ofGone } = statOf(parent);
    const children = readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name) => statOrNone(Number(name)))
      .filter((stat) => stat.parent === parent);
    return children.reduce((sum, child) => sum + child.own, own + ofGone) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}

/** A process may end while they are read. */
function statOrNone(pid: number): readonly ReturnType<typeof statOf>[] {
  try {
    return [statOf(pid)];
  } catch {
    return [];
  }
}

/** proc(5), /proc/pid/stat: fields 4 and 14 to 17. */
function statOf(pid: number): { readonly parent: number; readonly own: number; readonly ofGone: number } {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const [parent = 0, user = 0, system = 0, goneUser = 0, goneSystem = 0] = [1, 11, 12, 13, 14].map(
    (field) => fields[field],
  );
  return { parent, own: user + system, ofGone: goneUser + goneSystem };
}

async function onServer(url: string, statement: string): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

function databaseOn(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
