import { forgetStale } from '#lib/db/sign-in-attempts.ts';
import { endSession } from '#lib/db/users.ts';
import { admitTry, forgetRightTry } from './attempts.ts';
import { cookiesOf, opensSession } from './cookies.ts';
import { serverAuth } from './server-auth.ts';
import { sessionOf } from './session-of.ts';

export type SignedIn =
  | { readonly kind: 'signed-in'; readonly headers: Headers }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'locked'; readonly waitSeconds: number };

type Given = {
  /** In lower case, without space around it. */
  readonly email: string;
  readonly password: string;
  /** Where the client is. */
  readonly address: string;
  /** Of the request. */
  readonly headers: Headers;
};

const DAY_MS = 86_400_000;

/**
 * Signs a person in with a password. Nobody of this address, somebody without a password and a wrong
 * password are one answer and take one time: a hash is made for each.
 */
export async function signIn({ email, password, address, headers }: Given): Promise<SignedIn> {
  const { auth, store } = serverAuth();
  const at = new Date();
  const waitSeconds = await admitTry(store, { email, address, at });
  if (waitSeconds > 0) return { kind: 'locked', waitSeconds };
  const before = await sessionOf(headers);
  const answer = await auth.api.signInEmail({ body: { email, password }, headers, asResponse: true });
  if (answer.status >= 500) throw new Error(`better-auth answered ${answer.status} to a sign-in`);
  if (!opensSession(answer)) return { kind: 'wrong' };
  await forgetRightTry(store, { email, address });
  // A session that this browser had goes: nobody who knew its cookie comes along into the new one.
  if (before !== null) await endSession(store, before.id);
  await forgetStale(store, new Date(at.getTime() - DAY_MS));
  return { kind: 'signed-in', headers: cookiesOf(answer) };
}
