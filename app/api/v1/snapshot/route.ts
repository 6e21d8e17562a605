import { z } from 'zod';
import { lookUp } from '#lib/http/links.ts';
import { once } from '#lib/http/query.ts';
import { readRoute } from '#lib/http/route.ts';
import { openSnapshot } from '#lib/server/snapshots.ts';

/** What was frozen, as far as whoever asks may know. */
export const GET = readRoute({
  query: z.strictObject({ id: once(z.string().min(1).max(64)) }),
  answer: async ({ query, access, person }) => {
    const opened = await lookUp(query.id, { access, person }, openSnapshot);
    return opened.ok ? { document: opened.value } : { problem: opened.error };
  },
});
