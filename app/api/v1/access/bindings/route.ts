import { z } from 'zod';
import { newBindingSchema } from '#lib/contracts/access.ts';
import { byNameQuery, notByHand } from '#lib/http/access-query.ts';
import { changeRoute, readRoute } from '#lib/http/route.ts';
import { serverUrls } from '#lib/http/server-reader.ts';
import { writeRoute } from '#lib/http/write-route.ts';
import { putBinding, removeByHand } from '#lib/server/change-binding.ts';
import { listBindings } from '#lib/server/list-bindings.ts';

export const GET = readRoute({
  right: 'access',
  query: z.strictObject({}),
  answer: async ({ reader }) => ({ document: await listBindings(reader) }),
});

/** Adds a binding of the settings, or puts it in the place of the one of this name. */
export const POST = writeRoute({
  right: 'access',
  query: z.strictObject({}),
  body: newBindingSchema,
  answer: async ({ body, nowMs, tell }) => {
    await tell({ kind: 'access-changed', details: { binding: body.name, change: 'put' } });
    await putBinding(serverUrls(), body, nowMs);
    return { document: body };
  },
});

/** Takes back a binding of the settings. */
export const DELETE = changeRoute({
  right: 'access',
  query: byNameQuery,
  answer: async ({ query, tell }) => {
    await tell({ kind: 'access-changed', details: { binding: query.name, change: 'removed' } });
    return (await removeByHand(serverUrls(), 'binding', query.name))
      ? { document: { removed: query.name } }
      : { problem: notByHand('binding') };
  },
});
