import { z } from 'zod';
import { readRoute } from '#lib/http/route.ts';
import { operatorSight, readSight } from '#lib/server/read-sight.ts';

/** What whoever asks can see, and why. */
export const GET = readRoute({
  right: 'signed-in',
  query: z.strictObject({}),
  answer: async ({ access, reader }) => {
    const { viewer } = access;
    if (viewer.kind === 'operator') return { document: operatorSight(access) };
    // Whoever views as somebody asks about them.
    const { email, groups } = viewer.viewsAs ?? viewer;
    return { document: await readSight(reader, { name: email, groups }) };
  },
});
