import { z } from 'zod';
import { answerNewToken, answerTokens, revokeOwnToken } from '#lib/http/own-tokens.ts';
import { problemResponse } from '#lib/http/problem.ts';
import { once, parseQuery } from '#lib/http/query.ts';
import { guarded } from '#lib/http/route.ts';

/** The API tokens of whoever asks. */
export const GET = guarded({ right: 'session' }, async (_request, { person }) => await answerTokens(person));

/** Makes a token; the answer is the only place that ever shows its secret. */
export const POST = guarded(
  { right: 'session' },
  async (request, admitted) => await answerNewToken(request, admitted),
);

const revokeQuery = z.strictObject({ id: once(z.string().min(1)) });

/** Revokes a token of one's own; a second time answers alike. */
export const DELETE = guarded({ right: 'session' }, async (request, { person }) => {
  const query = parseQuery(revokeQuery, new URL(request.url));
  return query.ok ? await revokeOwnToken(request, person, query.value.id) : problemResponse(query.error);
});
