import { type Access, scopeOf } from '#lib/access/access.ts';
import { narrowAccess } from '#lib/access/narrow-access.ts';
import { isScopedRight, type Right } from '#lib/access/roles.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Person } from '#lib/access/viewer.ts';
import { type Asking, viewerOf } from '#lib/auth/viewer-of.ts';
import { resolveAccess } from '#lib/server/resolve-access.ts';
import { type Problem, problemResponse } from './problem.ts';
import { serverReader } from './server-reader.ts';

/**
 * What a route asks of whoever comes: a right, one of several, `signed-in` for anybody we know, or `session`
 * for somebody at a browser, since a token must not make more of itself; `own-session` the same of what somebody
 * who views as another must still be able to do: leave.
 */
export type Needed = Right | readonly Right[] | 'signed-in' | 'session' | 'own-session';

/** Somebody who may. */
export type Admitted = { readonly access: Access; readonly person: Person };

/** Who asks and what they may do, or the answer that they get instead. */
export async function admit(
  request: Request,
  needed: Needed,
  isQuestion?: true,
): Promise<Admitted | Response> {
  const asking = await viewerOf(request.headers);
  if (asking === null) {
    // No realm of a browser's own dialogue: people sign in on a page.
    return problemResponse(notSignedIn, { 'www-authenticate': 'Bearer realm="flowloom"' });
  }
  const admitted = await admittedAs(asking);
  const { viewsAs } = admitted.person;
  if (viewsAs !== undefined && !isQuestion && !isLook(request, needed))
    return problemResponse(viewingAs(viewsAs.email));
  return mayDo(needed, admitted) ? admitted : problemResponse(notAllowed);
}

/** Somebody with their access, narrowed to what their token may be used for, and to whom they view as. */
export async function admittedAs({ person, atMost }: Asking): Promise<Admitted> {
  const { viewsAs, ...self } = person;
  const own = await resolveAccess(serverReader(), self);
  if (atMost !== null) {
    const rights = new Set([...own.rights].filter((right) => atMost.has(right)));
    return { access: { ...own, rights }, person: self };
  }
  // Whoever lost the right to it since is who they are.
  if (viewsAs === undefined || !own.rights.has('view-as')) return { access: own, person: self };
  const other = await resolveAccess(serverReader(), {
    kind: 'person',
    ...viewsAs,
    authenticatedBy: 'session',
  });
  return { access: narrowAccess({ ...own, viewer: person }, other), person };
}

/** Somebody who views as another looks and changes nothing; what is the admin's own is not the other's either. */
function isLook({ method }: Request, needed: Needed): boolean {
  return needed === 'own-session' || (needed !== 'session' && (method === 'GET' || method === 'HEAD'));
}

/** Where what a route asks for holds: a right over the whole installation goes before one over namespaces. */
export function scopeFor(access: Access, needed: Needed): Scope {
  if (needed === 'signed-in' || needed === 'session' || needed === 'own-session') return access.scope;
  const held = (typeof needed === 'string' ? [needed] : needed).filter((right) => access.rights.has(right));
  const [right = 'read'] = [...held.filter((each) => !isScopedRight(each)), ...held];
  return scopeOf(access, right);
}

function mayDo(needed: Needed, { access, person }: Admitted): boolean {
  if (needed === 'signed-in') return true;
  if (needed === 'session' || needed === 'own-session') return person.authenticatedBy === 'session';
  const enough = typeof needed === 'string' ? [needed] : needed;
  return enough.some((right) => access.rights.has(right));
}

const notSignedIn = {
  status: 401,
  code: 'not-signed-in',
  title: 'You are not signed in',
  detail:
    'Sign in on /sign-in, or send an API token: Authorization: Bearer flowloom_api_… (flowloom token create --user EMAIL).',
};

function viewingAs(email: string): Problem {
  return {
    status: 403,
    code: 'viewing-as',
    title: 'Nothing is changed while you view as somebody else',
    detail: `You look with the access of ${email}: end it with the button above or DELETE /api/v1/view-as, then try again.`,
  };
}

const notAllowed = {
  status: 403,
  code: 'not-allowed',
  title: 'You may not do this',
  detail:
    'Your role or your token does not allow it. Ask whoever administers Flowloom for the role that does.',
};
