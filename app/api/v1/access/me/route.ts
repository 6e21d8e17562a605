import { z } from 'zod';
import { readRoute } from '#lib/http/route.ts';
import { operatorSight, readSight } from '#lib/server/read-sight.ts';

/** What whoever asks can see, and why. */
export const GET = readRoute({
  right: 'signed-in',
  query: z.strictObject({}),
  answer: async ({ access, reader }) => {
    const { viewer } = access;
    return {
      document:
        viewer.kind === 'operator'
          ? operatorSight(access)
          : await readSight(reader, { name: viewer.email, groups: viewer.groups }),
    };
  },
});
