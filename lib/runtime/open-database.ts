import { setTimeout as pause } from 'node:timers/promises';
import type { Environment } from '#lib/config/environment.ts';
import { isDatabaseAway } from '#lib/db/database-away.ts';
import { migrate } from '#lib/db/migrate.ts';
import { type DatabaseUrls, databaseUrls } from '#lib/db/urls.ts';
import { joinKeeper, type Membership } from './join-keeper.ts';
import { homeFolder } from './project-root.ts';
import { Refusal } from './refusal.ts';

/** A migrated database that stays usable until it is let go. */
export type OpenDatabase = {
  readonly urls: DatabaseUrls;
  /** Settles when it can be used no longer, though nobody let it go; a database of one's own never does. */
  readonly ended: Promise<void>;
  /** `now`: whoever lets go waits until Postgres has stopped, if nobody else uses it. */
  readonly close: (when: 'soon' | 'now') => Promise<void>;
};

/** Opens the database of DATABASE_URL, else the embedded one, and brings it to this version's schema. */
export async function openDatabase(environment: Environment): Promise<OpenDatabase> {
  const { databaseUrl, writerUrl, readerUrl, home } = environment;
  if (databaseUrl !== null) {
    await migrate(databaseUrl).catch(explain);
    const urls = databaseUrls(databaseUrl, { writer: writerUrl, reader: readerUrl });
    return { urls, ended: new Promise(() => undefined), close: async () => undefined };
  }
  const { ownerUrl, ended, leave, leaveAndWait } = await joinMigrated(homeFolder(home));
  return {
    urls: databaseUrls(ownerUrl),
    ended,
    close: async (when) => (when === 'now' ? leaveAndWait() : leave()),
  };
}

const mostTries = 3;
const endOfKeeperMs = 10_000;

/** A keeper that stops just now may still have let this in: it is left to end, and the next one is joined. */
async function joinMigrated(home: string): Promise<Membership> {
  for (let tries = 1; ; tries += 1) {
    const membership = await joinKeeper(home);
    try {
      await migrate(membership.ownerUrl);
      return membership;
    } catch (error) {
      const mayPass = tries < mostTries && isDatabaseAway(error);
      if (mayPass) await Promise.race([membership.ended, pause(endOfKeeperMs, undefined, { ref: false })]);
      membership.leave();
      if (!mayPass) throw error;
    }
  }
}

// What Node says of an address, and what Postgres says while it starts, of a login or of a database.
const unreachable = [
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ECONNRESET',
  '57P03',
];
const unwelcome = ['28000', '28P01', '3D000', '42501'];

function explain(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (!(error instanceof Error && [...unreachable, ...unwelcome].includes(code))) throw error;
  const reason = error.message || code;
  throw new Refusal(
    unwelcome.includes(code)
      ? `The Postgres of DATABASE_URL refuses: ${reason}. Check its user, password and database name.`
      : `The Postgres of DATABASE_URL does not answer: ${reason}. Check host and port, or unset DATABASE_URL for the embedded one.`,
  );
}
