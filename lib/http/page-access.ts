import { headers } from 'next/headers';
import type { Access } from '#lib/access/access.ts';
import { serverAuth } from '#lib/auth/server-auth.ts';
import { viewerOf } from '#lib/auth/viewer-of.ts';
import { adminAddresses } from '#lib/db/users.ts';
import { listTeams } from '#lib/server/list-teams.ts';
import { type Admitted, admittedAs } from './admit.ts';
import { serverReader } from './server-reader.ts';

/** Who asks for the page that is being rendered, with what they may do; null: nobody is signed in. */
export async function pageAccess(): Promise<Admitted | null> {
  const asking = await viewerOf(new Headers(await headers()));
  return asking === null ? null : await admittedAs(asking);
}

/** The path that was asked for, with its query, as proxy.ts notes it. */
export async function askedPath(): Promise<string> {
  return (await headers()).get('x-asked-path') ?? '/';
}

/** True where there is anything to see or to do. */
export function hasAnything({ rights, scope }: Access): boolean {
  const seesSome =
    scope.isEstate ||
    [scope.clusters, scope.namespaceIds, scope.namespacesSince].some((seen) => seen.length > 0);
  return rights.size > 0 && (seesSome || rights.has('sources'));
}

/** Where somebody begins: with their team or namespace, with the graph where they see more than that. */
export async function startPath(): Promise<string> {
  const admitted = await pageAccess();
  if (admitted === null) return '/';
  const { access } = admitted;
  if (access.rights.has('read')) return (await listTeams(serverReader(), access)).start;
  return access.rights.has('sources') ? '/sources' : '/';
}

/** Whom to ask for access, at most three. */
export function whomToAsk(): Promise<readonly string[]> {
  return adminAddresses(serverAuth().store, 3);
}
