import { rejectedFilter, retryQuerySchema } from '#lib/http/rejected-query.ts';
import { changeRoute } from '#lib/http/route.ts';
import { serverUrls } from '#lib/http/server-reader.ts';
import { retryRejected } from '#lib/server/retry-rejected.ts';

/** Takes the kept lines that are meant through ingest again. */
export const POST = changeRoute({
  right: 'sources',
  query: retryQuerySchema,
  answer: async ({ query, scope, reader, nowMs, tell }) => {
    await tell({ kind: 'rejected-retried', clusters: query.cluster === undefined ? [] : [query.cluster] });
    const document = await retryRejected({
      writerUrl: serverUrls().writer,
      reader,
      scope,
      filter: rejectedFilter(query),
      format: query.format ?? null,
      nowMs,
    });
    return { document };
  },
});
