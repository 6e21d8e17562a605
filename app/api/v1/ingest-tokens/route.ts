import { z } from 'zod';
import { newIngestTokenSchema } from '#lib/contracts/ingest-token.ts';
import { tellOf } from '#lib/http/audit-change.ts';
import { parseJsonBody } from '#lib/http/json-body.ts';
import { problemResponse } from '#lib/http/problem.ts';
import { once, parseQuery } from '#lib/http/query.ts';
import { guarded, readRoute } from '#lib/http/route.ts';
import { serverUrls } from '#lib/http/server-reader.ts';
import { ingestTokenEvent } from '#lib/server/audit-events.ts';
import { createIngestToken } from '#lib/server/create-ingest-token.ts';
import { listIngestTokens } from '#lib/server/list-ingest-tokens.ts';
import { revokeIngestToken } from '#lib/server/revoke-ingest-token.ts';

const headers = { 'cache-control': 'no-store' };

export const GET = readRoute({
  right: 'sources',
  query: z.strictObject({}),
  answer: async ({ scope, reader, nowMs }) => ({ document: await listIngestTokens(reader, scope, nowMs) }),
});

/** Makes a token; the answer is the only place that ever shows its secret. */
export const POST = guarded({ right: 'sources' }, async (request, { person }) => {
  const wanted = await parseJsonBody(newIngestTokenSchema, request);
  if (!wanted.ok) return problemResponse(wanted.error);
  const created = await createIngestToken(serverUrls(), wanted.value, Date.now());
  // Before its secret is shown: a token that nobody was told of opens nothing.
  await tellOf(request, person)(ingestTokenEvent('ingest-token-created', created));
  return Response.json(created, { status: 201, headers });
});

const revokeQuery = z.strictObject({ id: once(z.string().min(1)) });

/** Revokes a token; a second time answers alike. */
export const DELETE = guarded({ right: 'sources' }, async (request, { person }) => {
  const query = parseQuery(revokeQuery, new URL(request.url));
  if (!query.ok) return problemResponse(query.error);
  const revoked = await revokeIngestToken(serverUrls(), query.value.id, Date.now());
  if (revoked !== null) {
    await tellOf(request, person)(ingestTokenEvent('ingest-token-revoked', revoked));
    return Response.json(revoked, { headers });
  }
  const detail = 'There is no ingest token with this id: GET /api/v1/ingest-tokens lists them.';
  return problemResponse({ status: 404, code: 'not-found', title: 'Nothing here', detail });
});
