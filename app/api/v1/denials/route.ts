import { denialsQuerySchema } from '#lib/http/graph-query.ts';
import { parseSpan } from '#lib/http/query.ts';
import { readRoute } from '#lib/http/route.ts';
import { readDenials } from '#lib/server/read-denials.ts';

/** What was denied from and to some namespaces, by what, and whom to ask. */
export const GET = readRoute({
  query: denialsQuerySchema,
  answer: async ({ query, scope, access, reader, nowMs }) => {
    const window = parseSpan(query.from, query.to, nowMs);
    if (!window.ok) return { problem: window.error };
    const document = await readDenials(reader, scope, {
      window: window.value,
      clusters: query.cluster ?? null,
      namespaces: query.namespace ?? null,
      policies: access.policies,
    });
    return { document };
  },
});
