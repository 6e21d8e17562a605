import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { until } from '../../test/processes.ts';
import { fingerprintOf, holdForBatch, rangesOfFile, withInputLock } from './committed.ts';
import { closeWriterPools, writerPools } from './writer-pool.ts';

let database: TestDatabase;
let orphan: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  orphan = new pg.Client({ connectionString: database.urls.writer });
  await orphan.connect();
});
afterAll(async () => {
  await orphan.end();
  await closeWriterPools(database.urls.writer);
  await database.drop();
});

// A server that is killed while Postgres works on its commit: the lock of the input is free at once.
it('waits for a batch that lives on after its owner', async () => {
  const { locks } = writerPools(database.urls.writer);
  await orphan.query('BEGIN');
  await holdForBatch(orphan, 'input');
  const steps: string[] = [];
  const next = withInputLock(locks, { name: 'input' }, async () => void steps.push('next'));
  await until('the next one to wait', async () => {
    const { rows } = await orphan.query(
      `SELECT count(*)::int AS waiting FROM pg_locks JOIN pg_database ON database = pg_database.oid
       WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()`,
    );
    return rows[0].waiting === 1;
  });
  steps.push('commit');
  await orphan.query('COMMIT');
  await next;
  expect(steps).toEqual(['commit', 'next']);
});

it('lets batches of one input be under way together, and other inputs pass', async () => {
  const { locks } = writerPools(database.urls.writer);
  await orphan.query('BEGIN');
  await holdForBatch(orphan, 'input');
  expect(await withInputLock(locks, { name: 'other' }, async () => 'passed')).toBe('passed');
  await expect(
    withInputLock(locks, { name: 'input', mostWaitMs: 50 }, async () => 'passed'),
  ).rejects.toMatchObject({ code: '55P03' });
  await orphan.query('ROLLBACK');
});

it('finds a file that was shorter than a fingerprint when it was read first, from its index', async () => {
  const client = new pg.Client({ connectionString: database.urls.owner });
  await client.connect();
  try {
    const head = Buffer.from('{"a":1}\n{"a":2}\n{"a":3}\n');
    const known = [8, 16, 4096].map((length) => fingerprintOf(head.subarray(0, length)));
    await client.query(
      `INSERT INTO ingest_batch (id, run, cluster, named_cluster, key, source, fingerprint, byte_from, byte_to,
         content_hash, accepted, rejected, ignored, reasons, lost_events, sampling)
       SELECT nth, 1, 'c', 'c', nth::text, 'file', fingerprint, nth, nth + 1, 'hash', 1, 0, 0, '{}', 0, 1
       FROM unnest($1::text[]) WITH ORDINALITY AS given(fingerprint, nth)`,
      [[...known, '24:another', '100:longer', 'key:16']],
    );
    const found = await rangesOfFile(client, 'c', head);
    expect(found.map(({ from }) => from)).toEqual([1, 2, 3]);
    expect((await rangesOfFile(client, 'c', head.subarray(0, 12))).map(({ from }) => from)).toEqual([1]);
  } finally {
    await client.end();
  }
});
