import { endSessions } from '#lib/db/users.ts';
import { cookiesOf } from './cookies.ts';
import { serverAuth } from './server-auth.ts';

/** Ends the session of this browser, or every session of the person; answers what it does to the cookies. */
export async function signOut(
  headers: Headers,
  { userId, where }: { readonly userId: string; readonly where: 'here' | 'everywhere' },
): Promise<Headers> {
  const { auth, store } = serverAuth();
  if (where === 'everywhere') await endSessions(store, userId);
  return cookiesOf(await auth.api.signOut({ headers, asResponse: true }));
}
