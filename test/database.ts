import { randomUUID } from 'node:crypto';
import pg from 'pg';

import { migrate } from '#lib/db/migrate.ts';
import { type DatabaseUrls, databaseUrls } from '#lib/db/urls.ts';

/**
 * Databases for tests. One template is migrated once per run; each test file gets a copy of its own,
 * which Postgres makes in a few hundredths of a second.
 */
export type TestDatabase = {
  readonly urls: DatabaseUrls;
  readonly drop: () => Promise<void>;
};

/** An empty, migrated database of its own. The global setup has said where the template is. */
export async function freshDatabase(): Promise<TestDatabase> {
  const serverUrl = required('TEST_DATABASE_URL');
  const template = required('TEST_TEMPLATE_DATABASE');
  const name = `${template}_${randomName()}`;
  await execute(serverUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`);
  return {
    urls: databaseUrls(urlOf(serverUrl, name)),
    drop: () => dropDatabase(serverUrl, name),
  };
}

/** Makes the template on a server and answers its name. */
export async function createTemplate(serverUrl: string): Promise<string> {
  const name = `flowloom_test_${randomName()}`;
  await execute(serverUrl, `CREATE DATABASE ${name}`);
  await migrate(urlOf(serverUrl, name));
  return name;
}

/** Drops the template and every copy that an interrupted test has left. */
export async function dropTemplate(serverUrl: string, template: string): Promise<void> {
  const rows = await execute(serverUrl, 'SELECT datname FROM pg_database WHERE starts_with(datname, $1)', [
    template,
  ]);
  for (const { datname } of rows) await dropDatabase(serverUrl, String(datname));
}

/** Forced: a test that failed may have left its connections open. */
async function dropDatabase(serverUrl: string, name: string): Promise<void> {
  await execute(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

type Row = { readonly [column: string]: unknown };

async function execute(
  url: string,
  statement: string,
  values: readonly string[] = [],
): Promise<readonly Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement, [...values])).rows;
  } finally {
    await client.end();
  }
}

/** Short enough that two of them fit into the 63 bytes of a Postgres name. */
function randomName(): string {
  return randomUUID().slice(0, 8);
}

function urlOf(serverUrl: string, database: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  return url.href;
}

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run this test through vitest or Playwright`);
  return value;
}
