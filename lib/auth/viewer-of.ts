import { allRights, type Right } from '#lib/access/roles.ts';
import type { Person } from '#lib/access/viewer.ts';
import { findTokenHolder } from '#lib/db/api-tokens.ts';
import { groupsOf } from '#lib/db/users.ts';
import { viewedBy } from '#lib/db/view-as.ts';
import { apiTokenIn, secretHash } from './secret-token.ts';
import { serverAuth } from './server-auth.ts';
import { sessionOf } from './session-of.ts';

/** Who asks, and for a token the most it may be used for. */
export type Asking = { readonly person: Person; readonly atMost: ReadonlySet<Right> | null };

/**
 * Who a request comes from: the session of its cookie, or the holder of its API token; null: nobody. Whoever
 * shows a token that is no good is nobody, whatever cookie comes with it.
 */
export async function viewerOf(headers: Headers): Promise<Asking | null> {
  const authorization = headers.get('authorization');
  if (authorization !== null) return await holderOf(apiTokenIn(authorization));
  const session = await sessionOf(headers);
  if (session === null) return null;
  const { id, userId, email } = session;
  const { store } = serverAuth();
  const [groups, viewsAs] = await Promise.all([groupsOf(store, userId), viewedBy(store, id)]);
  const person = { kind: 'person', userId, email, groups, authenticatedBy: 'session' } as const;
  return { person: viewsAs === null ? person : { ...person, viewsAs }, atMost: null };
}

async function holderOf(token: string | null): Promise<Asking | null> {
  if (token === null) return null;
  const holder = await findTokenHolder(serverAuth().store, secretHash(token), new Date());
  if (holder === null) return null;
  const { userId, email, groups, rights } = holder;
  return {
    person: { kind: 'person', userId, email, groups, authenticatedBy: 'token' },
    atMost: new Set(allRights.filter((right) => rights.includes(right))),
  };
}
