import type { Environment } from '#lib/config/environment.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { type OpenDatabase, openDatabase } from './open-database.ts';

/**
 * Runs `use` with a database that may be lost on the way: `current` answers where it is now, and opens the
 * embedded one again where whoever kept it has ended.
 */
export async function withLastingDatabase<T>(
  environment: Environment,
  use: (current: () => Promise<DatabaseUrls>) => Promise<T>,
): Promise<T> {
  let held = await hold(environment);
  async function current(): Promise<DatabaseUrls> {
    if (held.hasEnded()) held = await hold(environment);
    return held.database.urls;
  }
  try {
    return await use(current);
  } finally {
    await held.database.close('soon');
  }
}

async function hold(
  environment: Environment,
): Promise<{ readonly database: OpenDatabase; readonly hasEnded: () => boolean }> {
  const database = await openDatabase(environment);
  let hasEnded = false;
  void database.ended.then(() => {
    hasEnded = true;
  });
  return { database, hasEnded: () => hasEnded };
}
