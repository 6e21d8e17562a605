import { viewerOf } from '#lib/auth/viewer-of.ts';
import { tellOf } from './audit-change.ts';

/** Tells the audit log who signed in by what an answer gives to their browser; nobody: it tells nothing. */
export async function tellSignIn(request: Request, given: Headers, way: 'password' | 'oidc'): Promise<void> {
  const cookie = given
    .getSetCookie()
    .map((one) => one.split(';')[0] ?? '')
    .join('; ');
  const asking = cookie === '' ? null : await viewerOf(new Headers({ cookie }));
  if (asking !== null) await tellOf(request, asking.person)({ kind: 'sign-in', details: { way } });
}
