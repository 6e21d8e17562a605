import { flowsExportSchema, flowsQuery } from '#lib/http/flows-query.ts';
import { readRoute } from '#lib/http/route.ts';
import { exportFlows } from '#lib/server/export-flows.ts';

const types = { csv: 'text/csv; charset=utf-8; header=present', jsonl: 'application/x-ndjson' } as const;

/** The same as a file, all of them. */
export const GET = readRoute({
  right: 'export',
  query: flowsExportSchema,
  answer: async ({ query, scope, access, reader, nowMs }) => {
    const asked = flowsQuery(query, nowMs);
    if (!asked.ok) return { problem: asked.error };
    const viewer = { scope, policies: access.policies };
    const { format } = query;
    const name = `flowloom-flows-${new Date(nowMs).toISOString().slice(0, 10)}.${format}`;
    const lines = exportFlows(reader, viewer, asked.value, format);
    return { download: { name, type: types[format], lines } };
  },
});
