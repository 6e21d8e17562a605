import { sightQuery } from '#lib/http/access-query.ts';
import { readRoute } from '#lib/http/route.ts';
import { readSight } from '#lib/server/read-sight.ts';

/** All that somebody can see, and why. */
export const GET = readRoute({
  right: 'access',
  query: sightQuery,
  answer: async ({ query, reader }) => ({
    document: await readSight(reader, { name: query.user, groups: query.group ?? [] }),
  }),
});
