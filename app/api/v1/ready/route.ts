import { z } from 'zod';
import { readRoute } from '#lib/http/route.ts';
import { listClusters } from '#lib/server/list-clusters.ts';

/** The process answers and can read the database. */
export const GET = readRoute({
  query: z.strictObject({}),
  answer: async ({ scope, reader }) => {
    await listClusters(reader, scope);
    return { document: { status: 'ready' } };
  },
});
