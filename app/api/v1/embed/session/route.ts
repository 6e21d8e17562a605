import { embedQuestionSchema } from '#lib/contracts/embeds.ts';
import { openedEmbed } from '#lib/http/embeds.ts';
import { parseJsonBody } from '#lib/http/json-body.ts';
import { problemResponse } from '#lib/http/problem.ts';
import { publicRoute } from '#lib/http/route.ts';

/** A session for a frame that has the address of an embed; the id is posted, so that it stands in no log. */
export const POST = publicRoute(async (request) => {
  const asked = await parseJsonBody(embedQuestionSchema, request);
  if (!asked.ok) return problemResponse(asked.error);
  const opened = await openedEmbed(request, asked.value.id);
  if (!opened.ok) return problemResponse(opened.error);
  return Response.json(opened.value, { headers: { 'cache-control': 'no-store' } });
});
