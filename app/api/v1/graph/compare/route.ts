import { compareQuerySchema } from '#lib/http/graph-query.ts';
import { graphQuestion } from '#lib/http/graph-question.ts';
import { parseSpan } from '#lib/http/query.ts';
import { readRoute } from '#lib/http/route.ts';
import { readComparison } from '#lib/server/read-comparison.ts';

export const GET = readRoute({
  query: compareQuerySchema,
  answer: async ({ query: { baseFrom, baseTo, ...query }, scope, access, reader, nowMs }) => {
    const question = graphQuestion(query, access, nowMs);
    if (!question.ok) return { problem: question.error };
    const base = parseSpan(baseFrom, baseTo, nowMs, { from: 'baseFrom', to: 'baseTo' });
    if (!base.ok) return { problem: base.error };
    return { document: await readComparison(reader, scope, { ...question.value, base: base.value }) };
  },
});
