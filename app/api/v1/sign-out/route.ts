import { z } from 'zod';
import { signOut } from '#lib/auth/sign-out.ts';
import { tellOf } from '#lib/http/audit-change.ts';
import { problemResponse } from '#lib/http/problem.ts';
import { once, parseQuery } from '#lib/http/query.ts';
import { guarded } from '#lib/http/route.ts';

const signOutQuery = z.strictObject({ where: once(z.enum(['here', 'everywhere'])).optional() });

/** Ends the session of this browser, or all of the person's. */
export const POST = guarded({ right: 'own-session' }, async (request, { person }) => {
  const query = parseQuery(signOutQuery, new URL(request.url));
  if (!query.ok) return problemResponse(query.error);
  const { where = 'here' } = query.value;
  await tellOf(request, person)({ kind: 'sign-out', details: { where } });
  return Response.json(
    { done: true },
    { headers: await signOut(request.headers, { userId: person.userId, where }) },
  );
});
