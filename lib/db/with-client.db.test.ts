import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { isDatabaseAway } from './database-away.ts';
import { withClient } from './with-client.ts';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = new pg.Pool({ connectionString: database.urls.owner, max: 2 });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

// Without a listener the event ends the process: vitest then reports an unhandled error.
it('outlives a connection that Postgres ends while it is lent and idle', async () => {
  const lent = withClient(pool, async (client) => {
    const [own] = (await client.query('SELECT pg_backend_pid() AS pid')).rows;
    await pool.query('SELECT pg_terminate_backend($1, 5000)', [own.pid]);
    await expect
      .poll(() => client.query('SELECT 1').then(String, (error: Error) => error.message))
      .toMatch(/not queryable|terminat/);
    return client.query('SELECT 1');
  });
  // What pg says of it then has no code, and must still be known for what passes.
  expect(isDatabaseAway(await lent.catch((error: unknown) => error))).toBe(true);
  expect((await pool.query('SELECT 1 AS answer')).rows).toEqual([{ answer: 1 }]);
});

it('gives back a connection without what a failure left open', async () => {
  const failing = withClient(pool, async (client) => {
    await client.query('BEGIN');
    await client.query('CREATE TABLE left_open (a INT)');
    throw new Error('half way');
  });
  await expect(failing).rejects.toThrow('half way');
  expect((await pool.query("SELECT to_regclass('left_open') AS found")).rows).toEqual([{ found: null }]);
});
