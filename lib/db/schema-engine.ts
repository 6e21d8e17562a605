import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import * as wasm from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

// Prisma's command line downloads a native engine at its first use. The same engine comes as
// WebAssembly inside an npm package, so that migrating needs neither a download nor a command line.

/**
 * Runs `use` with Prisma's schema engine connected to a database, all in one transaction: what is broken
 * off, by an error or a kill, leaves no trace, not even in Prisma's own table of migrations.
 */
export async function withSchemaEngine<T>(
  url: string,
  datamodel: string,
  use: (engine: wasm.SchemaEngine) => Promise<T>,
): Promise<T> {
  await instantiate();
  // Without the idle timer: the engine leaves its connection to the pool, and the process would wait for it.
  const pool = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
  // The engine reports what came after the first failure: that its table of migrations is gone again.
  const failures: unknown[] = [];
  const note = (error: unknown): never => {
    failures.push(error);
    throw error;
  };
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(mended(pool, note));
    const engine = await wasm.SchemaEngine.new(
      { datamodels: [['schema.prisma', datamodel]] },
      () => undefined,
      adapter,
    );
    try {
      // The pool has one connection, so that all that the engine says falls into this transaction.
      await pool.query('BEGIN');
      const result = await use(engine);
      await pool.query('COMMIT');
      return result;
    } catch (error) {
      throw failures[0] ?? error;
    } finally {
      engine.free();
    }
  } finally {
    await pool.end();
  }
}

/**
 * Mends two things in the adapter. It cuts a script at every semicolon, also inside a comment or a
 * function's body, and runs the parts one by one: sent whole, Postgres parses it and runs it as one
 * transaction. And it does not know the type "char" of the system catalogue, which the engine reads
 * to compare a database with the schema: such a column passes as text and is named a character after.
 */
function mended(pool: pg.Pool, onFailure: (error: unknown) => never): PrismaPg {
  let characterColumns: readonly string[] = [];
  const query = pool.query.bind(pool) as (...given: readonly unknown[]) => Promise<pg.QueryResult>;
  const noted = async (...given: readonly unknown[]): Promise<pg.QueryResult> => {
    const result = await query(...given);
    const characters = (result.fields ?? []).filter((field) => field.dataTypeID === charOid);
    characterColumns = characters.map((field) => field.name);
    for (const field of characters) field.dataTypeID = textOid;
    return result;
  };
  const factory = new PrismaPg(Object.assign(pool, { query: noted }));
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.executeScript = async (script) => {
      await pool.query(script).catch(onFailure);
    };
    adapter.queryRaw = async (given) => {
      const { columnNames, columnTypes, ...rest } = await queryRaw(given);
      const isCharacter = (column: number): boolean => characterColumns.includes(columnNames[column] ?? '');
      return {
        ...rest,
        columnNames,
        columnTypes: columnTypes.map((type, column) =>
          isCharacter(column) ? ColumnTypeEnum.Character : type,
        ),
      };
    };
    return adapter;
  };
  return factory;
}

const charOid = 18;
const textOid = 25;

let instantiated: Promise<void> | undefined;

function instantiate(): Promise<void> {
  instantiated ??= (async () => {
    const path = createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm');
    const bytes = readFileSync(path.replace(/schema_engine\.js$/, 'schema_engine_bg.wasm'));
    const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...wasm } });
    wasm.__wbg_set_wasm(instance.exports);
    const start = instance.exports.__wbindgen_start;
    if (typeof start === 'function') start();
  })();
  return instantiated;
}
