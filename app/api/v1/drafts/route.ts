import { z } from 'zod';
import { mostDraftBytes, newDraftSchema } from '#lib/contracts/drafts.ts';
import { tellOf } from '#lib/http/audit-change.ts';
import { noDraft, nothingToTry } from '#lib/http/drafts.ts';
import { parseJsonBody } from '#lib/http/json-body.ts';
import { problemResponse } from '#lib/http/problem.ts';
import { once, parseQuery } from '#lib/http/query.ts';
import { guarded, readRoute } from '#lib/http/route.ts';
import { serverReader, serverUrls } from '#lib/http/server-reader.ts';
import { createDraft, listDrafts, removeDraft } from '#lib/server/drafts.ts';

const headers = { 'cache-control': 'no-store' };

/** One's own. */
export const GET = readRoute({
  right: 'simulate',
  query: z.strictObject({}),
  answer: async ({ access, person, reader, nowMs }) => ({
    document: await listDrafts(reader, { access, ownerId: person.userId }, nowMs),
  }),
});

/** Keeps policies to try. Escapes in JSON make a text longer, so that the body may be more. */
export const POST = guarded({ right: 'simulate' }, async (request, { access, person }) => {
  const wanted = await parseJsonBody(newDraftSchema, request, { mostBytes: 4 * mostDraftBytes });
  if (!wanted.ok) return problemResponse(wanted.error);
  const database = { reader: serverReader(), urls: serverUrls() };
  const owned = { access, ownerId: person.userId };
  const drafted = await createDraft(database, owned, wanted.value, Date.now());
  if (drafted.kind === 'nothing-read') return problemResponse(nothingToTry(drafted.problem));
  const { id, cluster, policies } = drafted.draft;
  await tellOf(
    request,
    person,
  )({ kind: 'draft-created', clusters: [cluster], details: { id, policies: policies.length } });
  return Response.json(drafted.draft, { status: 201, headers });
});

const removeQuery = z.strictObject({ id: once(z.string().min(1)) });

/** Takes one of one's own away. */
export const DELETE = guarded({ right: 'simulate' }, async (request, { person }) => {
  const query = parseQuery(removeQuery, new URL(request.url));
  if (!query.ok) return problemResponse(query.error);
  const { id } = query.value;
  if (!(await removeDraft(serverUrls(), person.userId, id))) return problemResponse(noDraft);
  await tellOf(request, person)({ kind: 'draft-removed', details: { id } });
  return Response.json({ removed: id }, { headers });
});
