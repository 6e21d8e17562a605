import { newPositionsSchema } from '#lib/contracts/positions.ts';
import { openedPlaces } from '#lib/http/links.ts';
import { positionsQuery, sharedPositionsQuery } from '#lib/http/positions-query.ts';
import { changeRoute, readRoute } from '#lib/http/route.ts';
import { serverUrls } from '#lib/http/server-reader.ts';
import { viewStores } from '#lib/http/views.ts';
import { writeRoute } from '#lib/http/write-route.ts';
import { forgetPlaces, keepPlaces, placesOf } from '#lib/server/positions.ts';
import { viewPlaces } from '#lib/server/saved-views.ts';

/** Where the nodes of a picture stand, for everybody who sees the same; by a link, where its maker has them; by a view, as saved. */
export const GET = readRoute({
  query: sharedPositionsQuery,
  answer: async ({ query: { link, view, ...picture }, access, person, scope, reader, nowMs }) => {
    const own = await placesOf(reader, scope, picture);
    if (link === undefined) {
      // A view that is gone, or not for them, has no places: the picture is there all the same.
      const saved =
        view === undefined ? null : await viewPlaces(viewStores(), { access, person }, view, nowMs);
      return { document: { places: { ...own, ...saved } } };
    }
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
