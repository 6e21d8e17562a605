import { newPositionsSchema } from '#lib/contracts/positions.ts';
import { openedPlaces } from '#lib/http/links.ts';
import { positionsQuery, sharedPositionsQuery } from '#lib/http/positions-query.ts';
import { changeRoute, readRoute } from '#lib/http/route.ts';
import { serverUrls } from '#lib/http/server-reader.ts';
import { writeRoute } from '#lib/http/write-route.ts';
import { forgetPlaces, keepPlaces, placesOf } from '#lib/server/positions.ts';

/** Where the nodes of a picture stand, for everybody who sees the same; by a link, where its maker has them. */
export const GET = readRoute({
  query: sharedPositionsQuery,
  answer: async ({ query: { link, ...picture }, access, person, scope, reader }) => {
    const own = await placesOf(reader, scope, picture);
    if (link === undefined) return { document: { places: own } };
    const shared = await openedPlaces(link, { access, person });
    if (!shared.ok) return { problem: shared.error };
    return { document: { places: { ...own, ...shared.value } } };
  },
});

/** Keeps places; those of other nodes of the picture stay as they are. */
export const POST = writeRoute({
  right: 'read',
  query: positionsQuery,
  body: newPositionsSchema,
  answer: async ({ query, scope, body, nowMs }) => {
    await keepPlaces(serverUrls(), scope, { ...query, places: body.places, nowMs });
    return { document: { kept: Object.keys(body.places).length } };
  },
});

/** Forgets a picture: the next opening is laid out anew. */
export const DELETE = changeRoute({
  right: 'read',
  query: positionsQuery,
  answer: async ({ query, scope }) => ({
    document: { forgotten: await forgetPlaces(serverUrls(), scope, query) },
  }),
});
