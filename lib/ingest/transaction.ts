import type { Pool, PoolClient } from 'pg';

import { withoutStall } from '#lib/db/database-away.ts';
import { withClient } from '#lib/db/with-client.ts';

// The longest statement of a batch takes a second or two, and with every writer of a cluster waiting for the
// one before it not much longer.
const QUIET_MS = 30_000;

/** Commits what `work` did, or nothing of it. */
export function inTransaction<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  return withClient(pool, (client) =>
    withoutStall(client, QUIET_MS, async () => {
      await client.query('BEGIN');
      const result = await work(client);
      await client.query('COMMIT');
      return result;
    }),
  );
}
