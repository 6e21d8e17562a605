import { z } from 'zod';
import { readRoute } from '#lib/http/route.ts';
import { listClusters } from '#lib/server/list-clusters.ts';

export const GET = readRoute({
  right: ['read', 'sources'],
  query: z.strictObject({}),
  answer: async ({ scope, reader }) => ({ document: await listClusters(reader, scope) }),
});
