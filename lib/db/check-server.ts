import type pg from 'pg';
import { SchemaMismatch } from './schema-mismatch.ts';

const oldestServer = 15;

/** Refuses, before anything is changed, a server that the migrations would fail on half way. */
export async function checkServer(client: pg.Client): Promise<void> {
  const asked = await client.query<{ readonly version: number; readonly name: string }>(
    "SELECT current_setting('server_version_num')::int / 10000 AS version, current_user AS name",
  );
  const { version = 0, name = '' } = asked.rows[0] ?? {};
  if (version < oldestServer) {
    throw new SchemaMismatch(
      `This is Postgres ${version}; Flowloom needs ${oldestServer} or newer. Upgrade it, or unset DATABASE_URL for the embedded one.`,
    );
  }
  const missing = await client.query(
    `SELECT 1 FROM unnest($1::text[]) AS wanted (name) LEFT JOIN pg_roles found ON found.rolname = wanted.name
     JOIN pg_roles me ON me.rolname = current_user AND NOT me.rolsuper
     WHERE CASE WHEN found.oid IS NULL THEN NOT me.rolcreaterole
                ELSE NOT pg_has_role(me.oid, found.oid, 'MEMBER') END`,
    [['flowloom_writer', 'flowloom_reader']],
  );
  if (missing.rowCount === 0) return;
  throw new SchemaMismatch(
    `The login "${name}" of DATABASE_URL may not make the two roles that Flowloom ingests and reads with. ` +
      'Let a superuser run this once (a role that is there already needs no CREATE), then start again:\n' +
      '  CREATE ROLE flowloom_writer NOLOGIN;\n' +
      '  CREATE ROLE flowloom_reader NOLOGIN;\n' +
      `  GRANT flowloom_writer, flowloom_reader TO "${name}";`,
  );
}

/** Refuses a database that holds the tables of something else. */
export async function checkEmpty(client: pg.Client): Promise<void> {
  const found = await client.query<{ readonly name: string }>(
    "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations' ORDER BY 1 LIMIT 1",
  );
  const name = found.rows[0]?.name;
  if (name === undefined) return;
  throw new SchemaMismatch(
    `The database of DATABASE_URL holds tables that are not Flowloom's ("${name}"). ` +
      'Give Flowloom an empty database of its own: CREATE DATABASE flowloom.',
  );
}
