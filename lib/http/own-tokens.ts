import { allRights } from '#lib/access/roles.ts';
import type { Person } from '#lib/access/viewer.ts';
import { apiTokensOf, createApiToken, endApiToken } from '#lib/auth/api-token.ts';
import { serverAuth } from '#lib/auth/server-auth.ts';
import { newApiTokenSchema } from '#lib/contracts/api-token.ts';
import type { Admitted } from './admit.ts';
import { tellOf } from './audit-change.ts';
import { parseJsonBody } from './json-body.ts';
import { type Problem, problemResponse } from './problem.ts';

const headers = { 'cache-control': 'no-store' };

/** A person's API tokens, newest first. */
export async function answerTokens({ email }: Person): Promise<Response> {
  const tokens = await apiTokensOf(serverAuth().store, email, Date.now());
  return Response.json({ tokens }, { headers });
}

/** Makes a token of rights that its holder has at this moment. */
export async function answerNewToken(request: Request, { access, person }: Admitted): Promise<Response> {
  const wanted = await parseJsonBody(newApiTokenSchema, request);
  if (!wanted.ok) return problemResponse(wanted.error);
  const { name, expires } = wanted.value;
  const own = allRights.filter((right) => access.rights.has(right));
  const rights = own.filter((right) => wanted.value.rights.includes(right));
  const other = wanted.value.rights.find((name) => !rights.some((right) => right === name));
  if (other !== undefined) return problemResponse(notYours(other, own));
  const { email } = person;
  const token = { email, name, rights, lifeMs: expires };
  const created = await createApiToken(serverAuth().store, token, Date.now());
  if (created === null) return problemResponse(notThere);
  // Before its secret is shown: a token that nobody was told of opens nothing.
  await tellOf(request, person)({ kind: 'token-created', details: { token: created.id, rights } });
  return Response.json(created, { status: 201, headers });
}

/** Revokes a token of one's own. */
export async function revokeOwnToken(request: Request, person: Person, id: string): Promise<Response> {
  const revoked = await endApiToken(serverAuth().store, { id, email: person.email }, Date.now());
  if (revoked === null) return problemResponse(notThere);
  await tellOf(request, person)({ kind: 'token-revoked', details: { token: id } });
  return Response.json(revoked, { headers });
}

function notYours(name: string, own: readonly string[]): Problem {
  const yours = own.length === 0 ? 'you have none' : `yours are ${own.join(', ')}`;
  const detail = `rights: "${name}" is no right that you could give to a token; ${yours}`;
  return { status: 400, code: 'bad-body', title: 'Wrong body', detail, field: 'rights' };
}

const notThere: Problem = {
  status: 404,
  code: 'not-found',
  title: 'Nothing here',
  detail: 'You have no token with this id: GET /api/v1/tokens lists them.',
};
