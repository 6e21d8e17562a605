import { z } from 'zod';
import { newLinkSchema } from '#lib/contracts/links.ts';
import { linkStores, noSuchKey, tooManyLinks } from '#lib/http/links.ts';
import { once } from '#lib/http/query.ts';
import { changeRoute, readRoute } from '#lib/http/route.ts';
import { writeRoute } from '#lib/http/write-route.ts';
import { createLink, endLink, listLinks } from '#lib/server/share-links.ts';

/** One's own. */
export const GET = readRoute({
  query: z.strictObject({}),
  answer: async ({ person, nowMs }) => ({ document: await listLinks(linkStores(), person.userId, nowMs) }),
});

/** Makes a link to what is shown. */
export const POST = writeRoute({
  right: 'share',
  query: z.strictObject({}),
  body: newLinkSchema,
  answer: async ({ access, person, body, nowMs, tell }) => {
    const link = await createLink(linkStores(), { access, ownerId: person.userId }, body, nowMs);
    if (link === null) return { problem: tooManyLinks };
    await tell({ kind: 'link-created', details: { link: link.key, name: link.name, until: link.expiresAt } });
    return { document: link };
  },
});

/** Ends one of one's own, also for whoever may share no longer; a second time answers alike. */
export const DELETE = changeRoute({
  right: 'signed-in',
  query: z.strictObject({ key: once(z.string().min(1).max(64)) }),
  answer: async ({ query, person, nowMs, tell }) => {
    const link = await endLink(linkStores(), person.userId, query.key, nowMs);
    if (link === null) return { problem: noSuchKey };
    await tell({ kind: 'link-revoked', details: { link: link.key, name: link.name } });
    return { document: link };
  },
});
