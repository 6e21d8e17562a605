import { createTemplate, dropTemplate } from './database.ts';
import { startThrowawayPostgres } from './throwaway-postgres.ts';

/**
 * Before the first test: a Postgres (TEST_DATABASE_URL, else a throwaway one) and one migrated template.
 * vitest, Playwright and the gate all begin here; what the gate has made already is used as it is.
 */
export default async function setUpDatabase(): Promise<() => Promise<void>> {
  if (process.env.TEST_TEMPLATE_DATABASE) return async () => {};
  const given = process.env.TEST_DATABASE_URL;
  const server = given ? { url: given, stop: async () => {} } : await startThrowawayPostgres();
  const template = await createTemplate(server.url);
  process.env.TEST_DATABASE_URL = server.url;
  process.env.TEST_TEMPLATE_DATABASE = template;
  return async () => {
    await dropTemplate(server.url, template);
    await server.stop();
  };
}
