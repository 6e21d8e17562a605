import { graphExportSchema } from '#lib/http/graph-query.ts';
import { graphQuestion } from '#lib/http/graph-question.ts';
import { readRoute } from '#lib/http/route.ts';
import { exportedFile } from '#lib/server/export-graph.ts';
import { readGraph } from '#lib/server/read-graph.ts';

/** The graph as a file, as far as whoever asks may export it. */
export const GET = readRoute({
  right: 'export',
  query: graphExportSchema,
  answer: async ({ query, access, scope, reader, nowMs }) => {
    const question = graphQuestion(query, access, nowMs);
    if (!question.ok) return { problem: question.error };
    const { format, theme = 'light', filter = '', hide = '', cluster: clusters = [], overlay } = query;
    const asked = { ...question.value, overlay: overlay ?? null, size: query.size ?? 'whole' };
    const document = await readGraph(reader, scope, asked);
    const drawn = { format, theme, clusters, overlay: overlay ?? '', filter, hide };
    return { download: await exportedFile({ reader, scope }, document, drawn) };
  },
});
