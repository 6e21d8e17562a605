import { overlayDraft } from '#lib/http/drafts.ts';
import { graphQuerySchema } from '#lib/http/graph-query.ts';
import { graphQuestion } from '#lib/http/graph-question.ts';
import { readRoute } from '#lib/http/route.ts';
import { readGraph } from '#lib/server/read-graph.ts';

export const GET = readRoute({
  query: graphQuerySchema,
  answer: async ({ query, scope: readable, access, person, reader, nowMs }) => {
    const question = graphQuestion(query, access, nowMs);
    if (!question.ok) return { problem: question.error };
    const asked = { access, personId: person.userId, scope: readable, reader, nowMs };
    const tried = await overlayDraft(query.overlay, asked);
    if (!tried.ok) return { problem: tried.error };
    const { scope, draft } = tried.value;
    const document = await readGraph(reader, scope, {
      ...question.value,
      overlay: query.overlay ?? null,
      draft,
      size: query.size ?? 'readable',
    });
    return { document };
  },
});
