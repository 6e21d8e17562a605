import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wholeEstate } from '#lib/access/scope.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { openReader, type Reader } from './reader.ts';

let database: TestDatabase;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

const ask = (text: string) =>
  reader.ask<{ answer: number }>(wholeEstate(), { name: 'test', text, values: [] });

async function endAllReaders(): Promise<number> {
  const owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  const ended = await owner.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND query LIKE '%pg_sleep(20)%'`,
  );
  await owner.end();
  return ended.rowCount ?? 0;
}

it('cannot write, whatever the role may', async () => {
  await expect(ask("INSERT INTO setting VALUES ('a', '1')")).rejects.toThrow(/read-only|permission denied/);
  expect(await ask('SELECT 1 AS answer')).toEqual([{ answer: 1 }]);
});

it('fails the question whose connection is ended, and answers the next one', async () => {
  const slow = ask('SELECT 1 AS answer FROM pg_sleep(20)').catch((error: unknown) => error);
  await expect.poll(endAllReaders).toBe(1);
  expect(await slow).toBeInstanceOf(Error);
  expect(await ask('SELECT 2 AS answer')).toEqual([{ answer: 2 }]);
});
