import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { closeSync, createReadStream, mkdtempSync, openSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';

import { readEnvironment } from '#lib/config/environment.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { ingestFile } from '#lib/server/ingest-file.ts';
import { closeIngest, newRun } from '#lib/server/ingest-run.ts';

/**
 * Full ingest (raw rows, rollups and ledger, fsync on) beside a bare line-by-line JSON.parse of the same
 * file in the same run. Prints one JSON line. DATABASE_URL names a server to make a fresh database on;
 * without it an embedded one is made and thrown away. An argument names a file to use instead of 300,000
 * generated Hubble lines.
 */
const LINES = 300_000;
const MIB = 1024;

const folder = mkdtempSync(path.join(tmpdir(), 'flowloom-bench-'));
const bench = `flowloom_bench_${randomUUID().slice(0, 8)}`;
try {
  const file = process.argv[2] ?? generated(path.join(folder, 'flows.ndjson'));
  // The first read would pay for the disk; both measurements are of a file that is in memory.
  await parseLines(file);
  const parsed = await parseLines(file);
  const server = process.env.DATABASE_URL;
  if (server) await onServer(server, `CREATE DATABASE ${bench}`);
  const ingestSeconds = await ingest(file, server ? databaseOn(server, bench) : undefined);
  const parseOnlyPerSecond = parsed.lines / parsed.seconds;
  const ingestPerSecond = parsed.lines / ingestSeconds;
  const result = {
    lines: parsed.lines,
    meanLineBytes: Math.round(statSync(file).size / parsed.lines),
    parseOnlyPerSecond: Math.round(parseOnlyPerSecond),
    ingestPerSecond: Math.round(ingestPerSecond),
    ratio: Math.round((ingestPerSecond / parseOnlyPerSecond) * 1000) / 1000,
    peakRssMiB: Math.round(process.resourceUsage().maxRSS / MIB),
  };
  process.stdout.write(`${JSON.stringify(result)}\n`);
} finally {
  if (process.env.DATABASE_URL)
    await onServer(process.env.DATABASE_URL, `DROP DATABASE IF EXISTS ${bench} WITH (FORCE)`);
  rmSync(folder, { recursive: true, force: true });
}

/** Written by the product's own generator, in a process of its own so that its memory is not counted here. */
function generated(file: string): string {
  const out = openSync(file, 'w');
  const args = [
    'bin/flowloom.js',
    'generate',
    '--flows',
    String(LINES),
    '--namespaces',
    '40',
    '--format',
    'hubble',
  ];
  const { status } = spawnSync(process.execPath, args, { stdio: ['ignore', out, 'inherit'] });
  closeSync(out);
  if (status !== 0) throw new Error(`the generator ended with ${status}`);
  return file;
}

async function parseLines(file: string): Promise<{ readonly lines: number; readonly seconds: number }> {
  const startedMs = performance.now();
  let lines = 0;
  let rest = '';
  for await (const chunk of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20 })) {
    const parts = `${rest}${String(chunk)}`.split('\n');
    rest = parts.pop() ?? '';
    for (const part of parts) JSON.parse(part);
    lines += parts.length;
  }
  return { lines, seconds: (performance.now() - startedMs) / 1000 };
}

async function ingest(file: string, databaseUrl: string | undefined): Promise<number> {
  const environment = readEnvironment({
    ...process.env,
    DATABASE_URL: databaseUrl,
    FLOWLOOM_HOME: path.join(folder, 'home'),
    FLOWLOOM_DEMO: 'off',
  });
  if (!environment.ok) throw new Error(environment.error);
  return await withDatabase(environment.value, async ({ writer }) => {
    const startedMs = performance.now();
    const result = await ingestFile({
      writerUrl: writer,
      file,
      run: newRun(),
      namedCluster: null,
      format: 'auto',
    });
    const seconds = (performance.now() - startedMs) / 1000;
    await closeIngest(writer);
    process.stderr.write(`${JSON.stringify(result)}\n`);
    if (result.rejected > 0)
      throw new Error('a generated line was rejected: the measurement would not be of ingest');
    return seconds;
  });
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function databaseOn(server: string, name: string): string {
  const url = new URL(server);
  url.pathname = `/${name}`;
  return url.href;
}
