import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';

const folder = mkdtempSync(join(tmpdir(), 'flowloom-crash-'));
const file = join(folder, 'flows.ndjson');
const rounds = process.env.FLOWLOOM_LONG ? 25 : 3;

let whole: TestDatabase;

beforeAll(async () => {
  const lines = generateLines({
    flows: 60_000,
    namespaces: 14,
    workloads: null,
    fromMs: Date.parse('2026-06-16T23:00:00Z'),
    toMs: Date.parse('2026-06-17T00:00:00Z'),
    seed: 1,
    format: 'hubble',
  });
  writeFileSync(file, `${[...lines].join('\n')}\n`);
  whole = await freshDatabase();
  expect(await ingest(whole).ended).toBe(0);
});
afterAll(async () => {
  await whole.drop();
  rmSync(folder, { recursive: true });
});

/** The command a person runs, in a process of its own. */
function ingest(database: TestDatabase): {
  readonly kill: () => void;
  readonly ended: Promise<number | null>;
} {
  const child = spawn(process.execPath, ['bin/flowloom.js', 'ingest', file], {
    env: { ...process.env, DATABASE_URL: database.urls.owner, FLOWLOOM_DEMO: 'off' },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit').then(([code]) => (typeof code === 'number' ? code : null));
  return { kill: () => child.kill('SIGKILL'), ended };
}

/** Everything that was counted, as text that two databases can be compared by. */
async function counted({ urls }: TestDatabase): Promise<readonly unknown[]> {
  const client = new pg.Client({ connectionString: urls.owner });
  await client.connect();
  try {
    const tables = ['channel_1m', 'channel_1h', 'channel_1d', 'channel_trace_1h', 'source_1m'];
    const digests = tables.map(
      (table) => `(SELECT md5(string_agg(t::text, '\n' ORDER BY t::text)) FROM ${table} t)`,
    );
    const flows = '(SELECT count(*)::int FROM flow)';
    return (await client.query(`SELECT ${[...digests, flows].map((sql, i) => `${sql} AS c${i}`).join(', ')}`))
      .rows;
  } finally {
    await client.end();
  }
}

it('counts every record once when it is killed at any instant and run again', async () => {
  const expected = await counted(whole);
  for (const ms of fc.sample(fc.integer({ min: 300, max: 1_500 }), rounds)) {
    const database = await freshDatabase();
    try {
      for (const killAfterMs of [ms, ms / 2]) {
        const run = ingest(database);
        await Promise.race([pause(killAfterMs), run.ended]);
        run.kill();
        await run.ended;
      }
      expect(await ingest(database).ended).toBe(0);
      expect(await counted(database)).toEqual(expected);
    } finally {
      await database.drop();
    }
  }
});
