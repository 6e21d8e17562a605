import { overlayDraft } from '#lib/http/drafts.ts';
import { parseFilters } from '#lib/http/filters.ts';
import { graphQuerySchema } from '#lib/http/graph-query.ts';
import { parseSpan } from '#lib/http/query.ts';
import { readRoute } from '#lib/http/route.ts';
import { readGraph } from '#lib/server/read-graph.ts';

export const GET = readRoute({
  query: graphQuerySchema,
  answer: async ({ query, scope: readable, access, person, reader, nowMs }) => {
    const window = parseSpan(query.from, query.to, nowMs);
    if (!window.ok) return { problem: window.error };
    const filters = parseFilters(query);
    if (!filters.ok) return { problem: filters.error };
    const asked = { access, personId: person.userId, scope: readable, reader, nowMs };
    const tried = await overlayDraft(query.overlay, asked);
    if (!tried.ok) return { problem: tried.error };
    const { scope, draft } = tried.value;
    const document = await readGraph(reader, scope, {
      window: window.value,
      level: query.level ?? 'namespace',
      clusters: query.cluster ?? null,
      namespaces: query.namespace ?? null,
      filters: filters.value,
      policies: access.policies,
      overlay: query.overlay ?? null,
      draft,
    });
    return { document };
  },
});
