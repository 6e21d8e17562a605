import { z } from 'zod';
import { layoutNames } from './url-state.ts';

/** `/api/v1/positions`: where the nodes of a picture stand, by keys that only tell whoever knows the nodes. */

/** What a picture is spread over at most, in pixels at zoom 1. */
const farthest = 1_000_000;

/** Of one message; a larger picture is kept in several. */
export const mostPlaces = 1_500;

const coordinate = z.number().min(-farthest).max(farthest);

/** The key of a node: lib/graph/layout/place-key.ts makes it of its id. */
const keySchema = z.string().regex(/^[0-9a-z]{1,11}$/);

const placesSchema = z.record(keySchema, z.tuple([coordinate, coordinate]));

export const positionsSchema = z.object({ places: placesSchema });

export const newPositionsSchema = z.strictObject({
  places: placesSchema.refine(
    (places) => Object.keys(places).length <= mostPlaces,
    `at most ${mostPlaces} at once`,
  ),
});

/** Which picture of a cluster: each layout has its own places. */
export const keptLayoutSchema = z.enum(layoutNames);

export const keptSchema = z.object({ kept: z.number().int() });
export const forgottenSchema = z.object({ forgotten: z.boolean() });

export type Places = z.infer<typeof placesSchema>;
