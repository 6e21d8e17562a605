import { serverAuth } from '#lib/auth/server-auth.ts';

/** The names that this server goes by, with their ports. */
export function ownHosts(): ReadonlySet<string> {
  const { address, environment } = serverAuth();
  return new Set([new URL(address).host, environment.host.toLowerCase()]);
}
