import { doneSchema } from '#lib/contracts/sign-in.ts';
import { apiFetch } from './api-fetch.ts';
import { leaveForSignIn } from './leave-for-sign-in.ts';

/** Signs in with a password; the session is in a cookie that no script reads. */
export async function signIn(body: { readonly email: string; readonly password: string }): Promise<void> {
  await apiFetch({ path: '/sign-in', method: 'POST', schema: doneSchema, body });
}

/** Makes the first admin with the link of the start. */
export async function createFirstAdmin(body: {
  readonly link: string;
  readonly email: string;
  readonly password: string;
}): Promise<void> {
  await apiFetch({ path: '/first-admin', method: 'POST', schema: doneSchema, body });
}

/** Ends the session of this browser, or all of the person's, and leaves for the sign-in page. */
export async function signOut(where: 'here' | 'everywhere'): Promise<void> {
  await apiFetch({ path: '/sign-out', method: 'POST', query: { where }, schema: doneSchema });
  leaveForSignIn('/', 'signed-out');
}
