import pg from 'pg';
import type { Scope } from '#lib/access/scope.ts';
import { promptClient } from '#lib/db/prompt-client.ts';
import { scopeSettings } from '#lib/db/scope-settings.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { withClient } from '#lib/db/with-client.ts';
import { watchPool } from '#lib/telemetry/metrics.ts';

/** A question to Postgres: its name is in the statement, so that a slow one is found in pg_stat_activity. */
export type Question = {
  readonly name: string;
  readonly text: string;
  readonly values: readonly unknown[];
  /** Whose own it asks for: the second wall of what belongs to one person. */
  readonly personId?: string;
};

/**
 * Reads as the reader role, one read-only statement at a time. There is no way to read without a Scope: the
 * questions put it into their WHERE, and it is set for the row-level security behind them.
 */
export type Reader = {
  readonly ask: <Row extends pg.QueryResultRow>(scope: Scope, question: Question) => Promise<readonly Row[]>;
  readonly close: () => Promise<void>;
};

// A question that takes longer has gone wrong; it must not hold a connection for ever.
const statementTimeoutMs = 30_000;

/** Opens a pool for reading; a lost connection is replaced by the next question. */
export function openReader(urls: Pick<DatabaseUrls, 'reader'>): Reader {
  const pool = new pg.Pool({
    connectionString: urls.reader,
    max: 6,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementTimeoutMs,
    Client: promptClient({ connectMs: 5_000, quietMs: statementTimeoutMs + 5_000 }),
  });
  // An idle connection that Postgres closes (a restart) must not end the process.
  pool.on('error', () => undefined);
  watchPool('read', pool);
  return {
    ask: <Row extends pg.QueryResultRow>(scope: Scope, question: Question) =>
      withClient(pool, (client) => askOn<Row>(client, scope, question)),
    close: () => pool.end(),
  };
}

async function askOn<Row extends pg.QueryResultRow>(
  client: pg.PoolClient,
  scope: Scope,
  { name, text, values, personId }: Question,
): Promise<readonly Row[]> {
  // The planner knows nothing of the rows that one part of a statement hands to the next and guesses
  // a few: its nested loops took minutes over 60,000 channels where hash joins take a second, and with
  // the usual 4 MB it sorted on disk. Compiling a plan takes longer than these questions do.
  const person = personId === undefined ? '' : `; SET LOCAL flowloom.person = ${pg.escapeLiteral(personId)}`;
  await client.query(
    `BEGIN READ ONLY; SET LOCAL enable_nestloop = off; SET LOCAL jit = off; SET LOCAL work_mem = '64MB'; ${scopeSettings(scope)}${person}`,
  );
  const { rows } = await client.query<Row>(`/* flowloom:${name} */ ${text}`, [...values]);
  await client.query('ROLLBACK');
  return rows;
}
