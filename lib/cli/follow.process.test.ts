import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lines } from '#lib/ingest/test-lines.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { until } from '../../test/processes.ts';

let database: TestDatabase;
let owner: pg.Client;
let folder: string;
const started: ChildProcess[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'flowloom-follow-command-'));
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
afterAll(async () => {
  for (const child of started) child.kill('SIGKILL');
  await owner.end();
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

function flowloom(...args: readonly string[]) {
  const child = spawn(process.execPath, ['bin/flowloom.js', 'ingest', ...args], {
    env: { ...process.env, DATABASE_URL: database.urls.owner, FLOWLOOM_DEMO: 'off' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let [out, errors] = ['', ''];
  child.stdout.on('data', (chunk) => {
    out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = once(child, 'close').then(([code]) => ({ code, out, errors }));
  return { child, ended };
}

const flowAt = (atMs: number): string => lines([{ atMs: Date.UTC(2026, 4, 1) + atMs, kind: 'data' }]);

async function untilStored(count: number): Promise<void> {
  await until(
    `${count} records`,
    async () => (await owner.query('SELECT FROM flow')).rows.length >= count,
    60_000,
  );
}

it.each(['SIGINT', 'SIGTERM'] as const)('commits and tells its totals at %s', async (signal) => {
  await owner.query('TRUNCATE flow, ingest_batch');
  const log = join(folder, `${signal}.log`);
  const { child, ended } = flowloom(log, '--follow', '--json', '--cluster', signal);
  writeFileSync(log, flowAt(1));
  await untilStored(1);
  appendFileSync(log, flowAt(2) + flowAt(3).slice(0, 50));
  await untilStored(2);
  child.kill(signal);
  const { code, out } = await ended;
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    accepted: 2,
    rejected: 0,
    duplicates: 0,
    format: 'hubble',
    gaps: [],
  });
});

it.each([
  [['-', '--follow'], /standard input .* cannot be followed/],
  [['x', '--follow', '--batch-key', 'k'], /--batch-key: followed files are known by their content/],
  [['.', '--follow'], /is a folder/],
])('refuses %j', async (args, why) => {
  const { code, errors } = await flowloom(...args).ended;
  expect(code).toBe(2);
  expect(errors).toMatch(why);
});
