import { z } from 'zod';
import { newEmbedSchema } from '#lib/contracts/embeds.ts';
import { embedRefusals, embedStores, noSuchEmbed } from '#lib/http/embeds.ts';
import { once } from '#lib/http/query.ts';
import { changeRoute, readRoute } from '#lib/http/route.ts';
import { writeRoute } from '#lib/http/write-route.ts';
import { createEmbed, endEmbed, listEmbeds } from '#lib/server/embeds.ts';

/** Of one's own links. */
export const GET = readRoute({
  query: z.strictObject({}),
  answer: async ({ person, nowMs }) => ({ document: await listEmbeds(embedStores(), person.userId, nowMs) }),
});

/** Lets pages of the listed origins show one of one's own links. */
export const POST = writeRoute({
  right: 'share:public',
  query: z.strictObject({}),
  body: newEmbedSchema,
  answer: async ({ access, person, body, nowMs, tell }) => {
    const made = await createEmbed(embedStores(), { access, ownerId: person.userId }, body, nowMs);
    if (made.kind !== 'made') return { problem: embedRefusals[made.kind] };
    const { key: embed, link, name, audience, expiresAt: until } = made.embed;
    await tell({ kind: 'embed-created', details: { embed, link, name, audience, until } });
    return { document: made.embed };
  },
});

/** Ends one of one's own, also for whoever may share no longer; a second time answers alike. */
export const DELETE = changeRoute({
  right: 'signed-in',
  query: z.strictObject({ key: once(z.string().min(1).max(64)) }),
  answer: async ({ query, person, nowMs, tell }) => {
    const embed = await endEmbed(embedStores(), person.userId, query.key, nowMs);
    if (embed === null) return { problem: noSuchEmbed };
    await tell({ kind: 'embed-revoked', details: { embed: embed.key, name: embed.name } });
    return { document: embed };
  },
});
