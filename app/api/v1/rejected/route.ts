import { rejectedFilter, rejectedQuerySchema } from '#lib/http/rejected-query.ts';
import { readRoute } from '#lib/http/route.ts';
import { listRejected } from '#lib/server/list-rejected.ts';

// A screen of them; more are asked for.
const usualLimit = 100;

export const GET = readRoute({
  right: 'sources',
  query: rejectedQuerySchema,
  answer: async ({ query, scope, reader }) => ({
    document: await listRejected(reader, scope, rejectedFilter(query), query.limit ?? usualLimit),
  }),
});
