import type { ClientBase, Pool, PoolClient } from 'pg';

/** The lock was lost with its connection: what is being written might be read by another process too. */
export class InputLockLost extends Error {}

/** The input locks of a process that follows many files, all on one connection. */
export type FollowLocks = {
  readonly client: ClientBase;
  /** `here`: this process reads the same content elsewhere; `elsewhere`: another process does. */
  readonly take: (name: string) => Promise<'taken' | 'here' | 'elsewhere'>;
  readonly release: (name: string) => Promise<void>;
  /** Throws InputLockLost where the connection has ended. */
  readonly mustHold: () => void;
  readonly close: () => void;
};

/** Never waits in Postgres: a connection that waits for one file could not take the next. */
export async function openFollowLocks(pool: Pool): Promise<FollowLocks> {
  const client = await pool.connect();
  const held = new Set<string>();
  const state = { isLost: false, isClosed: false };
  const lose = (): void => {
    state.isLost = true;
  };
  client.on('error', lose).on('end', lose);

  async function take(name: string): Promise<'taken' | 'here' | 'elsewhere'> {
    if (held.has(name)) return 'here';
    held.add(name);
    const isTaken = await ask(client, 'pg_try_advisory_lock', name);
    if (isTaken) return 'taken';
    held.delete(name);
    return 'elsewhere';
  }

  return {
    client,
    take,
    release: async (name) => {
      await ask(client, 'pg_advisory_unlock', name);
      held.delete(name);
    },
    mustHold: () => {
      if (state.isLost) throw new InputLockLost('the connection that held the lock of the input has ended');
    },
    close: () => {
      if (state.isClosed) return;
      state.isClosed = true;
      state.isLost = true;
      discard(client);
    },
  };
}

/** Closes the connection, and Postgres lets go of its locks. */
function discard(client: PoolClient): void {
  client.release(true);
}

async function ask(
  client: ClientBase,
  what: 'pg_try_advisory_lock' | 'pg_advisory_unlock',
  name: string,
): Promise<boolean> {
  const answer = await client.query<{ done: boolean }>(
    `/* follow: lock */ SELECT ${what}(hashtextextended($1, 2)) AS done`,
    [name],
  );
  return answer.rows[0]?.done === true;
}
