import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { until } from '../../test/processes.ts';

let database: TestDatabase;
const clients: pg.Client[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  for (let index = 0; index < 2; index += 1) {
    const client = new pg.Client({ connectionString: database.urls.writer });
    await client.connect();
    clients.push(client);
  }
});
afterAll(async () => {
  for (const client of clients) await client.end();
  await database.drop();
});

it('lets two writers meet the same new day at once', async () => {
  const [first, second] = clients;
  if (first === undefined || second === undefined) throw new Error('two clients are needed');
  // A connection that has made partitions before plans nothing anew and remembers what it looked up.
  for (let day = 1; day <= 12; day += 1)
    await second.query('SELECT ensure_partitions(make_date(2026, 2, $1))', [day]);
  await first.query('BEGIN');
  await first.query("SELECT ensure_partitions('2026-03-03')");
  const late = second.query("SELECT ensure_partitions('2026-03-03')");
  await until('the second waits', async () => {
    const waiting = await first.query("SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted");
    return waiting.rows.length > 0;
  });
  await first.query('COMMIT');
  expect((await late).rows).toEqual([]);
});
