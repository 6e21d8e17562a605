import { z } from 'zod';
import { newGroupSchema } from '#lib/contracts/access.ts';
import { byNameQuery, notByHand } from '#lib/http/access-query.ts';
import { changeRoute, readRoute } from '#lib/http/route.ts';
import { serverUrls } from '#lib/http/server-reader.ts';
import { writeRoute } from '#lib/http/write-route.ts';
import { putGroup, removeByHand } from '#lib/server/change-binding.ts';
import { listGroups } from '#lib/server/list-bindings.ts';

export const GET = readRoute({
  right: 'access',
  query: z.strictObject({}),
  answer: async ({ reader }) => ({ document: await listGroups(reader) }),
});

/** Adds a group of the settings, or puts it in the place of the one of this name. */
export const POST = writeRoute({
  right: 'access',
  query: z.strictObject({}),
  body: newGroupSchema,
  answer: async ({ body, nowMs, tell }) => {
    await tell({ kind: 'access-changed', details: { group: body.name, change: 'put' } });
    await putGroup(serverUrls(), body, nowMs);
    return { document: body };
  },
});

/** Takes back a group of the settings. */
export const DELETE = changeRoute({
  right: 'access',
  query: byNameQuery,
  answer: async ({ query, tell }) => {
    await tell({ kind: 'access-changed', details: { group: query.name, change: 'removed' } });
    return (await removeByHand(serverUrls(), 'group', query.name))
      ? { document: { removed: query.name } }
      : { problem: notByHand('group') };
  },
});
