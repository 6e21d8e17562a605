import { type Access, scopeOf } from '#lib/access/access.ts';
import { isScopedRight, type Right } from '#lib/access/roles.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Person } from '#lib/access/viewer.ts';
import { type Asking, viewerOf } from '#lib/auth/viewer-of.ts';
import { resolveAccess } from '#lib/server/resolve-access.ts';
import { problemResponse } from './problem.ts';
import { serverReader } from './server-reader.ts';

/**
 * What a route asks of whoever comes: a right, one of several, `signed-in` for anybody we know, or `session`
 * for somebody at a browser, since a token must not make more of itself.
 */
export type Needed = Right | readonly Right[] | 'signed-in' | 'session';

/** Somebody who may. */
export type Admitted = { readonly access: Access; readonly person: Person };

/** Who asks and what they may do, or the answer that they get instead. */
export async function admit(request: Request, needed: Needed): Promise<Admitted | Response> {
  const asking = await viewerOf(request.headers);
  if (asking === null) {
    // No realm of a browser's own dialogue: people sign in on a page.
    return problemResponse(notSignedIn, { 'www-authenticate': 'Bearer realm="flowloom"' });
  }
  const access = await accessOf(asking);
  const { person } = asking;
  return mayDo(needed, { access, person }) ? { access, person } : problemResponse(notAllowed);
}

/** The access of a person, narrowed to what their token may be used for. */
export async function accessOf({ person, atMost }: Asking): Promise<Access> {
  const access = await resolveAccess(serverReader(), person);
  if (atMost === null) return access;
  return { ...access, rights: new Set([...access.rights].filter((right) => atMost.has(right))) };
}

/** Where what a route asks for holds: a right over the whole installation goes before one over namespaces. */
export function scopeFor(access: Access, needed: Needed): Scope {
  if (needed === 'signed-in' || needed === 'session') return access.scope;
  const held = (typeof needed === 'string' ? [needed] : needed).filter((right) => access.rights.has(right));
  const [right = 'read'] = [...held.filter((each) => !isScopedRight(each)), ...held];
  return scopeOf(access, right);
}

function mayDo(needed: Needed, { access, person }: Admitted): boolean {
  if (needed === 'signed-in') return true;
  if (needed === 'session') return person.authenticatedBy === 'session';
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

const notAllowed = {
  status: 403,
  code: 'not-allowed',
  title: 'You may not do this',
  detail:
    'Your role or your token does not allow it. Ask whoever administers Flowloom for the role that does.',
};
