import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { type Ended, runCommand } from './run-command.ts';

/** Commands on a database of their own, and a folder for the files that they read and write, for a file of tests. */
export function commands(name: string) {
  let database: TestDatabase;
  const folder = mkdtempSync(join(tmpdir(), `flowloom-${name}-`));
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await database.drop();
  });
  return {
    folder,
    urls: (): DatabaseUrls => database.urls,
    flowloom: (...args: readonly string[]): Promise<Ended> =>
      runCommand(args, { env: { DATABASE_URL: database.urls.owner } }),
    /** Writes a file into the folder, and says where it is. */
    file: (called: string, text: string): string => {
      writeFileSync(join(folder, called), text);
      return join(folder, called);
    },
  };
}
