import type pg from 'pg';

/**
 * Lends one connection of a pool to `use`. A connection after a failure is in a state that nobody knows:
 * it is closed, which rolls back whatever was open and lets go of its locks.
 */
export async function withClient<T>(pool: pg.Pool, use: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  // Postgres that goes away says so by an event too, which would end the process if nobody listened.
  client.on('error', ignore);
  let isUsable = false;
  try {
    const result = await use(client);
    isUsable = true;
    return result;
  } finally {
    client.off('error', ignore);
    client.release(!isUsable);
  }
}

function ignore(): void {}
