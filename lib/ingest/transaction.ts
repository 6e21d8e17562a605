import type { Pool, PoolClient } from 'pg';

import { withClient } from '#lib/db/with-client.ts';

/** Commits what `work` did, or nothing of it. */
export function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return withClient(pool, async (client) => {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  });
}
