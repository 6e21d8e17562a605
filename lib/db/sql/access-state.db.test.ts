import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { freshDatabase, type TestDatabase } from '../../../test/database.ts';
import { accessMark } from './access-state.ts';

let database: TestDatabase;
let reader: Reader;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
afterAll(async () => {
  await reader.close();
  await owner.end();
  await database.drop();
});

async function markOf(...ids: readonly number[]): Promise<string> {
  await owner.query('TRUNCATE namespace CASCADE');
  await owner.query(
    "INSERT INTO namespace (id, cluster, name) SELECT id, 'c', 'n' || id FROM unnest($1::bigint[]) AS id",
    [ids],
  );
  return (await accessMark(reader)).namespaces;
}

it('tells any two sets of namespaces apart, also of one size whose ids cancel out', async () => {
  const sets = [[2, 4], [3, 5], [1, 2, 4], [1, 3, 5], [1], []];
  const marks: string[] = [];
  for (const ids of sets) marks.push(await markOf(...ids));
  expect(new Set(marks).size).toBe(sets.length);
  expect(await markOf(4, 2)).toBe(marks[0]);
});
