import { timelineQuerySchema } from '#lib/http/graph-query.ts';
import { graphQuestion } from '#lib/http/graph-question.ts';
import { readRoute } from '#lib/http/route.ts';
import { readTimeline } from '#lib/server/read-timeline.ts';

export const GET = readRoute({
  query: timelineQuerySchema,
  answer: async ({ query, scope, access, reader, nowMs }) => {
    const question = graphQuestion(query, access, nowMs);
    if (!question.ok) return { problem: question.error };
    const { edge = null, node = null } = query;
    return { document: await readTimeline(reader, scope, { ...question.value, part: { edge, node } }) };
  },
});
