import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { migrate, schemaDrift } from './migrate.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

async function run(statement: string, url = database.urls.owner): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Its name begins like the file's own database, so that the run takes it away at its end. */
async function emptyDatabase(): Promise<string> {
  const url = new URL(database.urls.owner);
  const name = `${url.pathname.slice(1)}_${randomUUID().slice(0, 8)}`;
  await run(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  return url.href;
}

it('leaves a database that is up to date alone', async () => {
  expect(await migrate(database.urls.owner)).toEqual([]);
});

it('agrees with schema.prisma, and the check sees a column too many', async () => {
  expect(await schemaDrift(database.urls.owner)).toBeNull();
  await run('ALTER TABLE ingest_batch ADD COLUMN surplus TEXT');
  expect(await schemaDrift(database.urls.owner)).toContain('surplus');
  await run('ALTER TABLE ingest_batch DROP COLUMN surplus');
});

it('keeps the reader from writing and from the partitions', async () => {
  await run("SELECT ensure_partitions('2026-11-20')", database.urls.writer);
  await expect(run('SELECT * FROM flow_20261120', database.urls.reader)).rejects.toThrow(/permission denied/);
  await expect(run('DELETE FROM channel_1m', database.urls.reader)).rejects.toThrow(/permission denied/);
  await expect(run('DROP TABLE flow', database.urls.writer)).rejects.toThrow(/must be owner/);
  await expect(run('SELECT * FROM flow', database.urls.reader)).rejects.toThrow(/permission denied/);
  expect((await run('SELECT count(*) FROM visible_flow', database.urls.reader)).rowCount).toBe(1);
});

it('takes a migration back whole when it fails half way, and then applies it', async () => {
  const empty = await emptyDatabase();
  await run('CREATE FUNCTION ensure_partitions(DATE) RETURNS INTEGER LANGUAGE sql RETURN 1', empty);
  await expect(migrate(empty)).rejects.toThrow(/ensure_partitions/);
  expect((await run("SELECT to_regclass('channel_1m') AS found", empty)).rows).toEqual([{ found: null }]);
  await run('DROP FUNCTION ensure_partitions(DATE)', empty);
  expect(await migrate(empty)).toContain('0001_flows');
  expect(await schemaDrift(empty)).toBeNull();
});

it('leaves a database of something else alone', async () => {
  const other = await emptyDatabase();
  await run('CREATE TABLE customer (id INTEGER)', other);
  await expect(migrate(other)).rejects.toThrow(/customer.*an empty database/s);
});

it('lets two starts at once migrate one after the other', async () => {
  const empty = await emptyDatabase();
  const [first, second] = await Promise.all([migrate(empty), migrate(empty)]);
  expect(Math.min(first.length, second.length)).toBe(0);
  expect(Math.max(first.length, second.length)).toBeGreaterThan(0);
});

it('tells an owner that may not make roles which SQL helps', async () => {
  const empty = await emptyDatabase();
  const name = new URL(empty).pathname.slice(1);
  await run(`CREATE ROLE ${name} LOGIN PASSWORD 'narrow'; ALTER DATABASE ${name} OWNER TO ${name}`, empty);
  const narrow = new URL(empty);
  narrow.username = name;
  narrow.password = 'narrow';
  await expect(migrate(narrow.href)).rejects.toThrow(`GRANT flowloom_writer, flowloom_reader TO "${name}"`);
  await run(`GRANT flowloom_writer, flowloom_reader TO ${name}`);
  expect(await migrate(narrow.href)).toContain('0002_roles');
  await run(`DROP DATABASE ${name} WITH (FORCE)`);
  await run(`DROP ROLE ${name}`);
});

it('refuses a database of a newer version and says the way out', async () => {
  await run(
    "INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count) VALUES ('x', 'x', '9999_later', now(), now(), 1)",
  );
  await expect(migrate(database.urls.owner)).rejects.toThrow(/newer Flowloom .*9999_later.*Update Flowloom/);
});
