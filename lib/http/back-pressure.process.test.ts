import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { databaseUrls } from '#lib/db/urls.ts';
import { lines } from '#lib/ingest/test-lines.ts';
import { type PostgresServer, startPostgres } from '#lib/runtime/postgres-server.ts';
import { createIngestToken } from '#lib/server/create-ingest-token.ts';
import { type RunningServer, startServer } from '../../e2e/support/server.ts';
import { createTemplate } from '../../test/database.ts';
import { kill, processesOf, send, until } from '../../test/processes.ts';
import { withClient } from '../../test/with-client.ts';

/** What docs/operations.md promises of the server process, whatever Postgres does. */
const MOST_RSS_MIB = 1024;

const isBuilt = existsSync('.next/BUILD_ID');
const home = mkdtempSync(join(tmpdir(), 'flowloom-pressure-'));

let postgres: PostgresServer;
let databaseUrl: string;
let server: RunningServer;
let token: string;

beforeAll(async () => {
  if (!isBuilt) return;
  postgres = await startPostgres({ home, preferredPort: null, isThrowaway: true });
  const url = new URL(postgres.url);
  url.pathname = `/${await createTemplate(postgres.url)}`;
  databaseUrl = url.href;
  const wanted = { cluster: 'prod', name: '', expires: 3_600_000 };
  ({ token } = await createIngestToken(databaseUrls(databaseUrl), wanted, Date.now()));
  server = await startServer({ databaseUrl });
});
afterAll(async () => {
  await server?.stop();
  await postgres?.stop();
  rmSync(home, { recursive: true, force: true });
});

type Told = { readonly status: number; readonly retryAfter: string | null };

async function push(body: string): Promise<Told> {
  const response = await fetch(`${server.url}/api/v1/ingest/flows`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-ndjson' },
    body,
  });
  await response.text();
  return { status: response.status, retryAfter: response.headers.get('retry-after') };
}

/** As shippers do: again and again until it is taken. */
async function pushUntilTaken(body: string): Promise<void> {
  await until('a body to be taken', async () => (await push(body)).status === 200, 60_000);
}

const RECORDS = 4_000;
// Of 4 MiB each: one body of 64 MiB.
const LARGE = 16;
let days = 0;

/** About 4 MiB. */
function body(): string {
  days += 1;
  const atMs = Date.UTC(2026, 0, days);
  return lines(
    Array.from({ length: RECORDS }, (_, index) => ({ atMs: atMs + index * 991, kind: 'data' as const })),
  );
}

async function counted(): Promise<Record<string, number>> {
  return await withClient(databaseUrl, async (client) => {
    const { rows } = await client.query(
      `SELECT (SELECT count(*) FROM flow)::int AS flows, (SELECT sum(accepted) FROM ingest_batch)::int AS accepted,
        (SELECT sum(flows) FROM channel_1m)::int AS minutes, (SELECT sum(flows) FROM channel_1d)::int AS days`,
    );
    return rows[0];
  });
}

function all(records: number): Record<string, number> {
  return { flows: records, accepted: records, minutes: records, days: records };
}

/** The most that the server process has ever held. */
function peakRssMib(): number {
  const [, kib = ''] = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${server.pid}/status`, 'utf8')) ?? [];
  return Number(kib) / 1024;
}

function signal(name: 'SIGSTOP' | 'SIGCONT'): void {
  send(name, ...processesOf(`port=${postgres.port}`).filter(({ pid }) => pid !== process.pid));
}

it.skipIf(!isBuilt)(
  'puts bodies off while Postgres is stopped, in bounded memory, and counts each once after',
  async () => {
    const early = Array.from({ length: 12 }, body);
    const late = [...Array.from({ length: 40 }, body), body().repeat(LARGE)];
    const underWay = early.map(push);
    await until('some of it to be written', async () => ((await counted()).flows ?? 0) > 0);
    try {
      signal('SIGSTOP');
      const told = await Promise.all(late.map(push));
      expect(new Set(told.map(({ status }) => status))).toEqual(new Set([503]));
      expect(told.every(({ retryAfter }) => Number(retryAfter) > 0)).toBe(true);
      // What was in the middle of its batch is cut off, not held for ever.
      const statuses = (await Promise.all(underWay)).map(({ status }) => status);
      expect(statuses).toContain(503);
      expect(statuses.every((status) => status === 200 || status === 503)).toBe(true);
    } finally {
      signal('SIGCONT');
    }
    for (const one of [...early, ...late]) await pushUntilTaken(one);
    expect(await counted()).toEqual(all(RECORDS * (52 + LARGE)));
    expect(peakRssMib()).toBeLessThan(MOST_RSS_MIB);
  },
  // Half a minute of it is the time that a stopped Postgres is given.
  300_000,
);

it.skipIf(!isBuilt)('goes on by itself after Postgres was killed and is back', async () => {
  const before = (await counted()).flows ?? 0;
  const bodies = Array.from({ length: 12 }, body);
  const underWay = bodies.map(push);
  await until('some of it to be written', async () => ((await counted()).flows ?? 0) > before);
  kill(...processesOf(`port=${postgres.port}`).filter(({ command }) => command.includes('postgres')));
  const told = await Promise.all(underWay);
  expect(told.some(({ status }) => status === 503)).toBe(true);
  expect(told.every(({ status }) => status === 200 || status === 503)).toBe(true);
  expect((await push(bodies[0] ?? '')).status).toBe(503);
  postgres = await startPostgres({ home, preferredPort: postgres.port, isThrowaway: true });
  for (const one of bodies) await pushUntilTaken(one);
  expect(await counted()).toEqual(all(before + RECORDS * 12));
  expect(peakRssMib()).toBeLessThan(MOST_RSS_MIB);
});

it.skipIf(!isBuilt)('lets the command wait for Postgres, go on, and tell what it did in all', async () => {
  const before = (await counted()).flows ?? 0;
  const file = join(home, 'flows.ndjson');
  writeFileSync(file, `${Array.from({ length: 30 }, body).join('')}no flow\n`);
  const child = spawn(process.execPath, ['bin/flowloom.js', 'ingest', file, '--cluster', 'prod', '--json'], {
    env: { ...process.env, DATABASE_URL: databaseUrl, FLOWLOOM_DEMO: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const [printed, noted] = [text(child.stdout), text(child.stderr)];
  const ended = once(child, 'exit');
  await until('some of it to be written', async () => ((await counted()).flows ?? 0) > before);
  kill(...processesOf(`port=${postgres.port}`).filter(({ command }) => command.includes('postgres')));
  postgres = await startPostgres({ home, preferredPort: postgres.port, isThrowaway: true });
  expect([(await ended)[0], await noted]).toEqual([0, expect.any(String)]);
  expect(await noted).toContain('Postgres does not answer');
  const all = { accepted: RECORDS * 30, rejected: 1, ignored: 0, duplicates: 0, format: 'hubble' };
  expect(JSON.parse(await printed)).toMatchObject(all);
  expect((await counted()).days).toBe(before + RECORDS * 30);
});
