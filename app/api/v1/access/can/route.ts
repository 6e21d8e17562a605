import { ambiguousCluster, canQuery } from '#lib/http/access-query.ts';
import { readRoute } from '#lib/http/route.ts';
import { canAccess } from '#lib/server/can-access.ts';

/** May somebody do something in a namespace, and by which binding? */
export const GET = readRoute({
  right: 'access',
  query: canQuery,
  answer: async ({ query, reader }) => {
    const { user, group = [], namespace, cluster = null, right = 'read' } = query;
    const somebody = { name: user, groups: group };
    const answered = await canAccess(reader, { somebody, right, namespace, cluster });
    return answered.ok ? { document: answered.value } : { problem: ambiguousCluster(answered.error) };
  },
});
