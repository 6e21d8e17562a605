import { z } from 'zod';
import { once } from '#lib/http/query.ts';
import { readRoute } from '#lib/http/route.ts';
import { viewProblem, viewStores } from '#lib/http/views.ts';
import { openView } from '#lib/server/saved-views.ts';

/** A saved view with its state, as far as whoever asks may know. */
export const GET = readRoute({
  query: z.strictObject({ id: once(z.string().min(1).max(64)) }),
  answer: async ({ query, access, person, nowMs }) => {
    const opened = await openView(viewStores(), { access, person }, query.id, nowMs);
    return opened === null ? { problem: viewProblem('not-found') } : { document: opened };
  },
});
