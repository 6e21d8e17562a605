import { openReader, type Reader } from '#lib/db/reader.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { withDatabase } from '#lib/runtime/with-database.ts';
import { commandEnvironment } from './command-environment.ts';

/** Lends a reader of the database that a command works with. */
export async function withReader<T>(work: (reader: Reader, urls: DatabaseUrls) => Promise<T>): Promise<T> {
  return withDatabase(commandEnvironment(), async (urls) => {
    const reader = openReader(urls);
    try {
      return await work(reader, urls);
    } finally {
      await reader.close();
    }
  });
}
