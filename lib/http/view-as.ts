import type { Person } from '#lib/access/viewer.ts';
import { serverAuth } from '#lib/auth/server-auth.ts';
import { sessionOf } from '#lib/auth/session-of.ts';
import { viewAsSchema } from '#lib/contracts/sign-in.ts';
import { beginViewAs, endViewAs } from '#lib/db/view-as.ts';
import { tellOf } from './audit-change.ts';
import { parseJsonBody } from './json-body.ts';
import { nobodyThere } from './person-query.ts';
import { type Problem, problemResponse } from './problem.ts';

const headers = { 'cache-control': 'no-store' };

/** From now on the session of a request looks as somebody else. */
export async function answerViewAs(request: Request, person: Person): Promise<Response> {
  // A token beside a cookie is who asks, and a token has no session that could end.
  const session = person.authenticatedBy === 'session' ? await sessionOf(request.headers) : null;
  if (session === null) return problemResponse(onlySessions);
  const wanted = await parseJsonBody(viewAsSchema, request);
  if (!wanted.ok) return problemResponse(wanted.error);
  const { email } = wanted.value;
  if (email === person.email.toLowerCase()) return problemResponse(yourself);
  // First: nobody looks as somebody else without the log knowing.
  await tellOf(request, person)({ kind: 'view-as', details: { as: email, change: 'begun' } });
  if (!(await beginViewAs(serverAuth().store, session.id, email))) return problemResponse(nobodyThere);
  return Response.json({ done: true }, { headers });
}

/** The session looks as itself again; a second time answers alike. */
export async function answerEndViewAs(request: Request, person: Person): Promise<Response> {
  const session = await sessionOf(request.headers);
  if (session !== null && (await endViewAs(serverAuth().store, session.id))) {
    const as = person.viewsAs?.email ?? null;
    await tellOf(request, person)({ kind: 'view-as', details: { as, change: 'ended' } });
  }
  return Response.json({ done: true }, { headers });
}

const onlySessions: Problem = {
  status: 403,
  code: 'not-allowed',
  title: 'Only a browser views as somebody else',
  detail: 'A token stays who it is: sign in on /sign-in and choose the person in the settings.',
};

const yourself: Problem = {
  status: 400,
  code: 'bad-body',
  title: 'That is you',
  detail: 'email: choose somebody else; what you see yourself is on /settings/access.',
  field: 'email',
};
