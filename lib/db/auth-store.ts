import { PrismaPg } from '@prisma/adapter-pg';
import pg from 'pg';
import { PrismaClient } from './generated/client.ts';
import type { OwnerSession } from './owner-session.ts';
import { promptClient } from './prompt-client.ts';
import { withClient } from './with-client.ts';

/** Asks and changes one statement at a time: a connection of the owner's, or a pool of them. */
export type Asker = Pick<OwnerSession, 'ask' | 'change'>;

/** Where people, sessions and tokens are kept: the owner's alone, since no other role may see a hash. */
export type AuthStore = Asker & {
  /** For better-auth, over the same connections. */
  readonly prisma: PrismaClient;
  readonly close: () => Promise<void>;
};

// Looking a session up takes a millisecond; whoever waits for it longer waits in vain.
const quietMs = 10_000;

/** Opens a small pool; a lost connection is replaced by the next question. */
export function openAuthStore(ownerUrl: string): AuthStore {
  const pool = new pg.Pool({
    connectionString: ownerUrl,
    application_name: 'flowloom sign-in',
    max: 4,
    idleTimeoutMillis: 30_000,
    statement_timeout: quietMs,
    Client: promptClient({ connectMs: 5_000, quietMs }),
  });
  // An idle connection that Postgres closes (a restart) must not end the process.
  pool.on('error', () => undefined);
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  return {
    ask: <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      withClient(pool, async (client) => (await client.query<Row>(text, [...values])).rows),
    change: (text, values = []) =>
      withClient(pool, async (client) => (await client.query(text, [...values])).rowCount ?? 0),
    prisma,
    close: async () => {
      await prisma.$disconnect();
      await pool.end();
    },
  };
}
