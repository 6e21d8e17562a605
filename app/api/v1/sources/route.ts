import { z } from 'zod';
import { readRoute } from '#lib/http/route.ts';
import { listSources } from '#lib/server/list-sources.ts';

export const GET = readRoute({
  right: ['read', 'sources'],
  query: z.strictObject({}),
  answer: async ({ scope, reader, nowMs }) => ({ document: await listSources(reader, scope, nowMs) }),
});
