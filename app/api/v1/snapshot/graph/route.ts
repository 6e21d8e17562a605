import { parseFilters } from '#lib/http/filters.ts';
import { depthAsked, snapshotGraphQuerySchema } from '#lib/http/graph-query.ts';
import { lookUp } from '#lib/http/links.ts';
import { readRoute } from '#lib/http/route.ts';
import { snapshotGraph } from '#lib/server/snapshots.ts';

/** The graph of a snapshot, made of what was frozen and of nothing else. */
export const GET = readRoute({
  query: snapshotGraphQuerySchema,
  answer: async ({ query, access, person }) => {
    const filters = parseFilters(query);
    if (!filters.ok) return { problem: filters.error };
    const question = { ...depthAsked(query), filters: filters.value, size: query.size ?? 'whole' };
    const found = await lookUp(query.id, { access, person }, (stores, whose, id, nowMs) =>
      snapshotGraph(stores, whose, { ...question, id }, nowMs),
    );
    return found.ok ? { document: found.value } : { problem: found.error };
  },
});
