import { createRequire } from 'node:module';
import type { Environment } from '#lib/config/environment.ts';

/** The file of Next's command line. */
export function nextProgram(): string {
  return createRequire(import.meta.url).resolve('next/dist/bin/next');
}

/** What serves the pages: the build, or for people who work on them the sources. */
export function serveWithNext(mode: 'start' | 'dev', { host, port }: Environment): readonly string[] {
  return [nextProgram(), mode, '--hostname', host, '--port', String(port)];
}
