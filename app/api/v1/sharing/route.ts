import { z } from 'zod';
import { sharingChangeSchema } from '#lib/contracts/sharing.ts';
import { linkStores } from '#lib/http/links.ts';
import { readRoute } from '#lib/http/route.ts';
import { writeRoute } from '#lib/http/write-route.ts';
import { changeSharing, readSharing } from '#lib/server/sharing-settings.ts';

/** What an admin lets out. */
export const GET = readRoute({
  right: ['share', 'access'],
  query: z.strictObject({}),
  answer: async () => ({ document: await readSharing(linkStores().asker) }),
});

/** Lets out more or less, from the next request on; what is not named stays as it is. */
export const POST = writeRoute({
  right: 'access',
  query: z.strictObject({}),
  body: sharingChangeSchema,
  answer: async ({ body: change, tell }) => {
    await tell({ kind: 'sharing-changed', details: { ...change } });
    return { document: await changeSharing(linkStores().asker, change) };
  },
});
