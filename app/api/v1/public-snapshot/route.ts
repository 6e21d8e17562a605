import { publicQuestionSchema } from '#lib/contracts/snapshots.ts';
import { parseJsonBody } from '#lib/http/json-body.ts';
import { problemResponse } from '#lib/http/problem.ts';
import { publicRoute } from '#lib/http/route.ts';
import { openedPublicly } from '#lib/http/snapshots.ts';

/** A snapshot for whoever has its address; a password stands in no address, so it is posted. */
export const POST = publicRoute(async (request) => {
  const asked = await parseJsonBody(publicQuestionSchema, request);
  if (!asked.ok) return problemResponse(asked.error);
  const opened = await openedPublicly(request, asked.value);
  if (!opened.ok) return problemResponse(opened.error);
  return Response.json(opened.value, { headers: { 'cache-control': 'no-store' } });
});
