import pg from 'pg';

/** One connection of the owner's, for maintenance; every other reading goes through the reader. */
export type OwnerSession = {
  /** For what ingest does on a connection and maintenance does too. */
  readonly client: pg.ClientBase;
  readonly ask: <Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
  ) => Promise<readonly Row[]>;
  /** How many rows a statement changed. */
  readonly change: (text: string, values?: readonly unknown[]) => Promise<number>;
  /** Commits what `work` did, or nothing of it. */
  readonly inTransaction: <T>(work: () => Promise<T>) => Promise<T>;
};

/** Connects as the owner for as long as `work` takes. */
export async function asOwner<T>(ownerUrl: string, work: (session: OwnerSession) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: 'flowloom maintenance' });
  // Postgres that goes away fails the statement as well; the event alone must not end the process.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(sessionOf(client));
  } finally {
    await client.end();
  }
}

function sessionOf(client: pg.Client): OwnerSession {
  return {
    client,
    ask: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(text, [...values])).rows,
    change: async (text, values = []) => (await client.query(text, [...values])).rowCount ?? 0,
    inTransaction: async (work) => {
      await client.query('BEGIN');
      try {
        const result = await work();
        await client.query('COMMIT');
        return result;
      } catch (error) {
        await client.query('ROLLBACK');
        throw error;
      }
    },
  };
}
