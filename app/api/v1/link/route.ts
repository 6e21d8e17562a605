import { z } from 'zod';
import { openedLink } from '#lib/http/links.ts';
import { once } from '#lib/http/query.ts';
import { readRoute } from '#lib/http/route.ts';

/** Where a link leads whoever asks, as far as they may know. */
export const GET = readRoute({
  query: z.strictObject({ id: once(z.string().min(1).max(64)) }),
  answer: async ({ query, access, person }) => {
    const opened = await openedLink(query.id, { access, person });
    return opened.ok ? { document: opened.value } : { problem: opened.error };
  },
});
