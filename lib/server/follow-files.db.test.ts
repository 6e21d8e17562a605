import {
  appendFileSync,
  closeSync,
  copyFileSync,
  existsSync,
  mkdtempSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';

import { hubbleLine } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { until } from '../../test/processes.ts';
import { type FollowFilesOptions, followFiles } from './follow-files.ts';
import { newRun } from './ingest-run.ts';

const BASE_MS = Date.UTC(2026, 4, 1, 10);

let database: TestDatabase;
let owner: pg.Client;
let folder: string;
let log: string;
let written: number;
const running: { readonly stop: () => Promise<unknown> }[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
beforeEach(async () => {
  await owner.query('TRUNCATE flow, packet_seen, ingest_batch, ingest_request, rejected_line');
  folder = mkdtempSync(path.join(tmpdir(), 'flowloom-follow-'));
  log = path.join(folder, 'flows.log');
  written = 0;
});
afterEach(async () => {
  for (const { stop } of running.splice(0)) await stop();
  rmSync(folder, { recursive: true, force: true });
});
afterAll(async () => {
  await closeWriterPools(database.urls.writer);
  await owner.end();
  await database.drop();
});

/** A line that nobody has written before: each has a millisecond of its own. */
function line(): string {
  written += 1;
  return `${hubbleLine({ atMs: BASE_MS + written, kind: 'data' })}\n`;
}

function append(...texts: readonly string[]): void {
  appendFileSync(log, texts.join(''));
}

function follow(options: Partial<FollowFilesOptions> = {}) {
  const stop = new AbortController();
  const notes: string[] = [];
  const ended = followFiles({
    files: [log],
    writerUrl: async () => database.urls.writer,
    run: newRun(),
    namedCluster: 'c1',
    format: 'auto',
    stop: stop.signal,
    note: (text) => notes.push(text),
    pollMs: 5,
    settleMs: 0,
    drainMs: 30,
    ...options,
  });
  const following = {
    notes,
    stop: async () => {
      stop.abort();
      return await ended;
    },
  };
  running.push(following);
  return following;
}

/** The records that are there: how often each millisecond was stored. */
async function stored(): Promise<readonly number[]> {
  const found = await owner.query<{ ms: string }>(
    'SELECT extract(epoch FROM started_at) * 1000 AS ms FROM flow ORDER BY 1',
  );
  return found.rows.map(({ ms }) => Number(ms) - BASE_MS);
}

async function untilStored(count = written): Promise<void> {
  await until(`${count} records`, async () => (await stored()).length >= count);
  expect(await stored()).toEqual(Array.from({ length: count }, (_, index) => index + 1));
}

it('takes a file that appears and grows, and a last line when it is whole', async () => {
  const following = follow();
  await until('a note', () => following.notes.length > 0);
  append(line());
  await untilStored();
  append(line());
  const open = line();
  append(open.slice(0, 200));
  await untilStored(2);
  append(open.slice(200), line());
  await untilStored();
  expect(await following.stop()).toMatchObject({ accepted: 4, rejected: 0, duplicates: 0, gaps: [] });
  expect(following.notes[0]).toContain('does not exist');
});

/** `file` becomes `file.1`, which becomes `file.2`, as logrotate does it. */
function rotateNames(): void {
  for (let number = 8; number >= 1; number -= 1) {
    for (const ending of ['', '.gz']) {
      const from = `${log}.${number}${ending}`;
      if (existsSync(from)) renameSync(from, `${log}.${number + 1}${ending}`);
    }
  }
}

function rename(): void {
  rotateNames();
  renameSync(log, `${log}.1`);
}

function copyAndTruncate(): void {
  rotateNames();
  copyFileSync(log, `${log}.1`);
  truncateSync(log, 0);
}

function pack(): void {
  writeFileSync(`${log}.1.gz`, gzipSync(readFileSync(`${log}.1`)));
  rmSync(`${log}.1`);
}

it('reads a renamed file to its end, what comes late and a last line without an end too', async () => {
  append(line(), line());
  const following = follow({ drainMs: 1_000 });
  await untilStored();
  const writer = openSync(log, 'a');
  append(line());
  rename();
  append(line());
  await untilStored();
  writeSync(writer, line());
  await untilStored();
  writeSync(writer, line().trimEnd());
  closeSync(writer);
  await untilStored();
  expect(await following.stop()).toMatchObject({ accepted: written, rejected: 0, gaps: [] });
});

it('finds in the copy what was written before the file was cut off, also when that is packed', async () => {
  append(line());
  const following = follow();
  for (const isPacked of [false, true]) {
    await untilStored();
    append(line(), line());
    copyAndTruncate();
    if (isPacked) pack();
    append(line());
    await untilStored();
  }
  expect(await following.stop()).toMatchObject({ accepted: written, rejected: 0, gaps: [] });
});

it('sees that a file was cut off though it is as long as before', async () => {
  append(line(), line());
  const following = follow();
  await untilStored();
  copyAndTruncate();
  append(line(), line());
  expect(readFileSync(log).length).toBe(readFileSync(`${log}.1`).length);
  await untilStored();
  expect(await following.stop()).toMatchObject({ accepted: 4, gaps: [] });
});

it('tells of a gap where a file was cut off and nobody kept a copy', async () => {
  append(line());
  const following = follow();
  await untilStored();
  truncateSync(log, 0);
  append(line());
  await untilStored();
  const { accepted, gaps } = await following.stop();
  expect(accepted).toBe(2);
  expect(gaps).toEqual([expect.stringContaining('was cut off, and no copy of it lies beside it')]);
});

it('takes of a file that is moved over the path only what is new', async () => {
  append(line(), line());
  const following = follow();
  await untilStored();
  const other = path.join(folder, 'other');
  writeFileSync(other, readFileSync(log, 'utf8') + line());
  renameSync(other, log);
  await untilStored();
  append(line());
  await untilStored();
  expect(await following.stop()).toMatchObject({ accepted: 4, gaps: [] });
});

it('catches up with rotations that it was not there for', async () => {
  append(line());
  rename();
  rmSync(`${log}.1`);
  append(line());
  const first = follow();
  await until('one record', async () => (await stored()).length === 1);
  expect(await first.stop()).toMatchObject({ accepted: 1 });
  append(line());
  rename();
  append(line(), line());
  rename();
  pack();
  append(line());
  copyAndTruncate();
  append(line());
  const second = follow();
  await until('all but the first', async () => (await stored()).length === written - 1);
  expect(await second.stop()).toMatchObject({ accepted: 5, gaps: [] });
  expect(await stored()).toEqual([2, 3, 4, 5, 6, 7]);
});

it('leaves alone what was rotated away before it was first asked to follow', async () => {
  append(line());
  rename();
  append(line());
  const following = follow();
  await until('one record', async () => (await stored()).length === 1);
  expect(await following.stop()).toMatchObject({ accepted: 1, gaps: [] });
  expect(await stored()).toEqual([2]);
});

it('waits while another process reads the same file, and says so', async () => {
  append(line());
  const first = follow();
  await untilStored();
  const second = follow();
  await until('a note', () => second.notes.length > 0);
  expect(second.notes[0]).toContain('is being read by another process');
  append(line());
  await untilStored();
  await first.stop();
  append(line());
  await untilStored();
  expect(await second.stop()).toMatchObject({ accepted: 1, duplicates: 2 });
});
