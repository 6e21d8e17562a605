import { sightQuery } from '#lib/http/access-query.ts';
import { rightfulRoute } from '#lib/http/write-route.ts';
import { readSight } from '#lib/server/read-sight.ts';

/** All that somebody can see, and why. */
export const GET = rightfulRoute({
  right: 'access',
  query: sightQuery,
  answer: async ({ query, reader }) => ({
    document: await readSight(reader, { name: query.user, groups: query.group ?? [] }),
  }),
});
