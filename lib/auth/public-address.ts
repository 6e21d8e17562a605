import type { Environment } from '#lib/config/environment.ts';

const loopbackHosts: ReadonlySet<string> = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);

/** Where people open Flowloom: FLOWLOOM_URL, else where it listens. */
export function publicAddress({
  publicUrl,
  host,
  port,
}: Pick<Environment, 'publicUrl' | 'host' | 'port'>): string {
  if (publicUrl !== null) return publicUrl;
  // Who listens everywhere is at home too.
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`;
}

/** True where nobody but this machine reaches the server, as far as its settings tell. */
export function isLoopbackOnly({ publicUrl, host }: Pick<Environment, 'publicUrl' | 'host'>): boolean {
  return loopbackHosts.has(host) && (publicUrl === null || loopbackHosts.has(new URL(publicUrl).hostname));
}
