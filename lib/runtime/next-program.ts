import { createRequire } from 'node:module';
import type { Environment } from '#lib/config/environment.ts';

/** The file of Next's command line. */
export function nextProgram(): string {
  return createRequire(import.meta.url).resolve('next/dist/bin/next');
}

// Shippers keep a connection for their next body, half a minute or more (Fluent Bit 30 s, proxies 60 s). Where
// the server closes it first, a body runs into the closing, and comes again later.
const KEEP_ALIVE_MS = 75_000;

/** What serves the pages: the build, or for people who work on them the sources. */
export function serveWithNext(
  mode: 'start' | 'dev',
  { host, port }: Pick<Environment, 'host' | 'port'>,
): readonly string[] {
  const command = [nextProgram(), mode, '--hostname', host, '--port', String(port)];
  return mode === 'start' ? [...command, '--keepAliveTimeout', String(KEEP_ALIVE_MS)] : command;
}
