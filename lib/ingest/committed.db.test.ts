import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { until } from '../../test/processes.ts';
import { holdForBatch, withInputLock } from './committed.ts';
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
