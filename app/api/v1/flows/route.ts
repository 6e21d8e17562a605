import { flowsCursor, flowsQuery, flowsQuerySchema } from '#lib/http/flows-query.ts';
import { readRoute } from '#lib/http/route.ts';
import { listFlows } from '#lib/server/list-flows.ts';

// A few screens of them; more are asked for.
const usualLimit = 200;

/** Single flows, newest first. */
export const GET = readRoute({
  query: flowsQuerySchema,
  answer: async ({ query, scope, access, reader, nowMs }) => {
    const asked = flowsQuery(query, nowMs);
    if (!asked.ok) return { problem: asked.error };
    const after = flowsCursor(query.cursor);
    if (!after.ok) return { problem: after.error };
    const viewer = { scope, policies: access.policies };
    const page = { after: after.value, limit: query.limit ?? usualLimit };
    return { document: await listFlows(reader, viewer, asked.value, page) };
  },
});
