import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';
import { checkEmpty, checkServer } from './check-server.ts';
import { externalTables } from './external-tables.ts';
import { withSchemaEngine } from './schema-engine.ts';
import { SchemaMismatch } from './schema-mismatch.ts';

const folder = resolve(import.meta.dirname, '../../prisma');
const migrations = join(folder, 'migrations');

// Any number that nobody else uses: two starts at once migrate one after the other.
const lockKey = 7_310_575_134;

/** Brings a database to this version's schema; answers the names of the migrations that were applied. */
export async function migrate(ownerUrl: string): Promise<readonly string[]> {
  const guard = new pg.Client({ connectionString: ownerUrl });
  await guard.connect();
  try {
    await guard.query('SELECT pg_advisory_lock($1)', [lockKey]);
    const directories = migrationNames();
    const applied = await appliedNames(guard);
    const unknown = applied.filter((name) => !directories.includes(name));
    if (unknown.length > 0) {
      throw new SchemaMismatch(
        `This database was made by a newer Flowloom (it has the migration ${unknown.at(-1)}). ` +
          'Update Flowloom, or point DATABASE_URL or FLOWLOOM_HOME at another database.',
      );
    }
    // The engine takes a third of a second to start: a database that is up to date does not need it.
    if (applied.length === directories.length) return [];
    await checkServer(guard);
    if (applied.length === 0) await checkEmpty(guard);
    return await withSchemaEngine(ownerUrl, schemaText(), async (engine) => {
      const migrationsList = migrationList(directories);
      const { appliedMigrationNames } = await engine.applyMigrations({ migrationsList, filters });
      return appliedMigrationNames;
    });
  } finally {
    await guard.end();
  }
}

/** The SQL that would turn a migrated database into schema.prisma; null where they agree. */
export async function schemaDrift(ownerUrl: string): Promise<string | null> {
  const files = [{ path: 'schema.prisma', content: schemaText() }];
  const { stdout } = await withSchemaEngine(ownerUrl, schemaText(), (engine) =>
    engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: folder },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: null,
      filters,
    }),
  );
  return stdout?.startsWith('-- This is an empty migration') ? null : (stdout ?? null);
}

const filters = { externalTables: [...externalTables], externalEnums: [] };

function schemaText(): string {
  return readFileSync(join(folder, 'schema.prisma'), 'utf8');
}

function migrationNames(): readonly string[] {
  const entries = readdirSync(migrations, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
}

function migrationList(names: readonly string[]): MigrationList {
  return {
    baseDir: migrations,
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
    shadowDbInitScript: '',
    migrationDirectories: names.map((path) => ({
      path,
      migrationFile: {
        path: 'migration.sql',
        content: { tag: 'ok', value: readFileSync(join(migrations, path, 'migration.sql'), 'utf8') },
      },
    })),
  };
}

async function appliedNames(client: pg.Client): Promise<readonly string[]> {
  const table = await client.query<{ readonly found: string | null }>(
    "SELECT to_regclass('_prisma_migrations')::text AS found",
  );
  if (!table.rows[0]?.found) return [];
  const applied = await client.query<{ readonly name: string }>(
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1',
  );
  return applied.rows.map((row) => row.name);
}
