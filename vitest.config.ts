import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const everyTest = ['**/*.test.{ts,tsx}'];
const databaseTests = ['**/*.db.test.ts'];
const processTests = ['**/*.process.test.ts'];
const notOurs = ['**/node_modules/**', '.next/**', '.flowloom/**', 'e2e/**'];
const setupFiles = ['test/setup-properties.ts'];

/** The long forms take many more runs for the same test. A busy machine must fail none: limits only end what hangs. */
const patience = process.env.FLOWLOOM_LONG === '1' ? 20 : 1;

export default defineConfig({
  test: {
    // One less would be one on a machine of two cores, and tests of the database mostly wait for Postgres.
    maxWorkers: availableParallelism(),
    projects: [
      {
        test: {
          name: 'unit',
          include: everyTest,
          exclude: [...notOurs, ...databaseTests, ...processTests],
          setupFiles,
          testTimeout: 60_000 * patience,
        },
      },
      {
        test: {
          name: 'database',
          include: databaseTests,
          exclude: notOurs,
          setupFiles,
          globalSetup: 'test/global-setup.ts',
          testTimeout: 120_000 * patience,
          hookTimeout: 120_000,
        },
      },
      {
        test: {
          name: 'process',
          include: processTests,
          exclude: notOurs,
          setupFiles,
          globalSetup: 'test/global-setup.ts',
          // They start servers and kill them: one after the other, so that none is blamed for another.
          fileParallelism: false,
          testTimeout: 300_000 * patience,
          hookTimeout: 300_000,
        },
      },
    ],
  },
});
