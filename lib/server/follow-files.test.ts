import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { DatabaseFull } from '#lib/db/database-away.ts';
import { followFiles } from './follow-files.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'flowloom-follow-'));
const file = path.join(folder, 'flows.ndjson');
writeFileSync(file, '{}\n');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });

/** The first word about a database that is away. */
async function told(reason: unknown): Promise<string> {
  const stop = new AbortController();
  const notes: string[] = [];
  await followFiles({
    files: [file],
    writerUrl: async () => {
      throw refused;
    },
    run: 'run',
    namedCluster: null,
    format: 'auto',
    stop: stop.signal,
    reasonOf: async () => reason,
    note: (text) => {
      notes.push(text);
      stop.abort();
    },
  });
  expect(notes).toHaveLength(1);
  return notes[0] ?? '';
}

it('says what to do where the disk of Postgres is full', async () => {
  expect(await told(new DatabaseFull('its disk is full: 0 MiB are left for /var/lib/flowloom'))).toBe(
    'Postgres has no room left (its disk is full: 0 MiB are left for /var/lib/flowloom): make room on its disk, and reading goes on by itself: nothing is lost or counted twice',
  );
});

it('says what to do where Postgres does not answer', async () => {
  expect(await told(refused)).toMatch(
    /does not take what is read \(connect ECONNREFUSED.*\): trying again .* see that it runs/,
  );
});
