import type { Environment } from '#lib/config/environment.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { explainLoss, reasonOfLoss } from './explain-loss.ts';
import { type OpenDatabase, openDatabase } from './open-database.ts';

/**
 * Runs `use` with a database that may be lost on the way: `current` answers where it is now, and opens the
 * embedded one again where whoever kept it has ended.
 */
export async function withLastingDatabase<T>(
  environment: Environment,
  use: (current: () => Promise<DatabaseUrls>) => Promise<T>,
): Promise<T> {
  let held = await hold(environment).catch(explain);
  async function explain(error: unknown): Promise<never> {
    throw await explainLoss(error, environment);
  }
  /** What a full disk keeps from starting comes back once there is room: that is no end. */
  async function current(): Promise<DatabaseUrls> {
    try {
      if (held.hasEnded()) held = await hold(environment);
    } catch (error) {
      throw await reasonOfLoss(error, environment);
    }
    return held.database.urls;
  }
  try {
    return await use(current).catch(explain);
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
