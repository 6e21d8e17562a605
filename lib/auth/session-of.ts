import { serverAuth } from './server-auth.ts';

/** A session that is good at this moment. */
export type Session = { readonly id: string; readonly userId: string; readonly email: string };

/** The session that the cookies of a request show; null where there is none, or none any more. */
export async function sessionOf(headers: Headers): Promise<Session | null> {
  // Without a cookie there is nothing to look up.
  if (!headers.has('cookie')) return null;
  const { auth, store } = serverAuth();
  try {
    const found = await auth.api.getSession({ headers, query: { disableRefresh: true } });
    return found === null ? null : { id: found.session.id, userId: found.user.id, email: found.user.email };
  } catch (error) {
    // What better-auth throws does not tell whether the database is away; a question of our own does.
    await store.ask('/* flowloom:is-there */ SELECT');
    throw error;
  }
}
