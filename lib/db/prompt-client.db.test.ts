import { createServer } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { isDatabaseAway } from './database-away.ts';
import { promptClient } from './prompt-client.ts';
import { withClient } from './with-client.ts';

let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.urls.reader);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

function openPool(connectionString: string): pg.Pool {
  return new pg.Pool({ connectionString, max: 1, Client: promptClient({ connectMs: 300, quietMs: 300 }) });
}

async function reasonOf(failing: Promise<unknown>): Promise<unknown> {
  return await failing.then(
    () => null,
    (reason: unknown) => reason,
  );
}

// pg_sleep says nothing, like a Postgres that was stopped.
it('cuts off a question without an answer, and the next one is answered', async () => {
  const reason = await reasonOf(withClient(pool, (client) => client.query('SELECT pg_sleep(60)')));
  expect([isDatabaseAway(reason), String(reason)]).toEqual([true, 'Error: Postgres said nothing for 0.3 s']);
  expect((await withClient(pool, (client) => client.query('SELECT 1 AS one'))).rows).toEqual([{ one: 1 }]);
});

it('leaves a connection that nobody asks anything alone', async () => {
  await withClient(pool, async (client) => {
    const { stream } = client instanceof pg.Client ? client.connection : expect.fail('no client of pg');
    await new Promise((resolve) => stream.once('timeout', resolve));
    expect((await client.query('SELECT 1 AS one')).rows).toEqual([{ one: 1 }]);
  });
});

it('gives up on a server that takes a connection and says nothing', async () => {
  const silent = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  const address = silent.address();
  const port = typeof address === 'object' ? address?.port : null;
  const waiting = openPool(`postgres://nobody@127.0.0.1:${port}/none`);
  expect(isDatabaseAway(await reasonOf(waiting.connect()))).toBe(true);
  await waiting.end();
  silent.close();
});
