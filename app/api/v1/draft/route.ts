import { z } from 'zod';
import { noDraft } from '#lib/http/drafts.ts';
import { once } from '#lib/http/query.ts';
import { readRoute } from '#lib/http/route.ts';
import { readDraft } from '#lib/server/drafts.ts';

export const GET = readRoute({
  right: 'simulate',
  query: z.strictObject({ id: once(z.string().min(1)) }),
  answer: async ({ query, access, person, reader, nowMs }) => {
    const draft = await readDraft(reader, { access, ownerId: person.userId }, query.id, nowMs);
    return draft === null ? { problem: noDraft } : { document: draft };
  },
});
