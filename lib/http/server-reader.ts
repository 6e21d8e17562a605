import { type Environment, readEnvironment } from '#lib/config/environment.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { databaseUrls } from '#lib/db/urls.ts';

// One pool for the process. Development reloads modules, so it hangs on the global object.
const held = globalThis as { flowloomReader?: Reader };

/** The pool that the server reads with; opened with the first question. */
export function serverReader(): Reader {
  held.flowloomReader ??= openReader(serverUrls());
  return held.flowloomReader;
}

/** For how long the server keeps what comes. */
export function serverRetention(): Environment['retention'] {
  return serverEnvironment().retention;
}

/** What a scraper has to show; null: nothing, and only this machine may look. */
export function serverMetricsToken(): string | null {
  return serverEnvironment().metricsToken;
}

function serverEnvironment(): Environment {
  const environment = readEnvironment(process.env);
  if (!environment.ok) throw new Error(environment.error);
  return environment.value;
}

/** The database that the supervisor named. */
export function serverUrls(): ReturnType<typeof databaseUrls> {
  const { databaseUrl, writerUrl, readerUrl } = serverEnvironment();
  if (databaseUrl === null) throw new Error('DATABASE_URL is not set: start the server with npm start');
  return databaseUrls(databaseUrl, { writer: writerUrl, reader: readerUrl });
}
