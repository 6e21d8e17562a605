import type { Environment } from '#lib/config/environment.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { explainLoss } from './explain-loss.ts';
import { openDatabase } from './open-database.ts';

/**
 * Runs `use` with a database of this version's schema: the one of DATABASE_URL, else the embedded one,
 * which runs already or is started for as long as it is used.
 */
export async function withDatabase<T>(
  environment: Environment,
  use: (urls: DatabaseUrls) => Promise<T>,
): Promise<T> {
  const database = await openDatabase(environment);
  try {
    return await use(database.urls);
  } catch (error) {
    throw await explainLoss(error, environment);
  } finally {
    await database.close('soon');
  }
}
