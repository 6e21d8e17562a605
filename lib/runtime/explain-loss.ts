import { statfs } from 'node:fs/promises';
import { join } from 'node:path';
import type { Environment } from '#lib/config/environment.ts';
import { DatabaseFull, isDatabaseAway, isDatabaseFull } from '#lib/db/database-away.ts';
import { homeFolder } from './project-root.ts';
import { Refusal } from './refusal.ts';

// Postgres writes its log ahead in files of 16 MiB, and stops where it cannot make the next one.
const LEAST_ROOM_BYTES = 32 << 20;
const MIB = 1 << 20;

type Place = Pick<Environment, 'databaseUrl' | 'home'>;

/** An error that says why the database is away, where that is known better than the error says it. */
export async function reasonOfLoss(error: unknown, place: Place): Promise<unknown> {
  const isOurs = place.databaseUrl === null && (isDatabaseAway(error) || error instanceof Refusal);
  if (!isOurs || isDatabaseFull(error)) return error;
  const home = homeFolder(place.home);
  const freeBytes = await freeBytesOf(home);
  return freeBytes === null || freeBytes >= LEAST_ROOM_BYTES
    ? error
    : new DatabaseFull(`its disk is full: ${Math.floor(freeBytes / MIB)} MiB are left for ${home}`);
}

/** The same as a message for people, with the way out; any other error as it is. */
export async function explainLoss(error: unknown, place: Place): Promise<unknown> {
  const reason = await reasonOfLoss(error, place);
  if (!(reason instanceof Error) || !isDatabaseAway(reason)) return error;
  const home = homeFolder(place.home);
  const whose = place.databaseUrl === null ? 'The embedded Postgres' : 'The Postgres of DATABASE_URL';
  const why = reason.message || ('code' in reason ? String(reason.code) : reason.name);
  const next = 'What was committed stays, and nothing of it counts twice: run the same command again.';
  if (isDatabaseFull(reason)) {
    return new Refusal(
      `${whose} has no room left (${why}).\nMake room on its disk, or keep less: FLOWLOOM_RETENTION and flowloom maintain. ${next}`,
    );
  }
  const look =
    place.databaseUrl === null
      ? `See ${join(home, 'keeper.log')}`
      : 'Check that it runs, and host and port of DATABASE_URL';
  return new Refusal(`${whose} does not answer (${why}).\n${look}. ${next}`);
}

/** null where nobody tells. */
async function freeBytesOf(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}
