'use client';

import { useQuery } from '@tanstack/react-query';
import {
  type PictureName,
  positionsQueryOf,
  type ShownPicture,
  shownPositionsQueryOf,
} from '#lib/contracts/api-address.ts';
import { forgottenSchema, keptSchema, type Places, positionsSchema } from '#lib/contracts/positions.ts';
import { apiFetch } from './api-fetch.ts';

const path = '/positions';

/**
 * Where the nodes of a picture stood, asked once for as long as it is shown: what moves afterwards the page knows
 * itself. null: there is no picture of that kind, or it is drawn from the graph alone.
 */
export function usePositions(picture: ShownPicture | null) {
  return useQuery<{ readonly places: Places }>({
    queryKey: ['positions', picture],
    enabled: ({ state }) => picture !== null && state.data === undefined,
    queryFn: ({ signal }) =>
      apiFetch({
        path,
        query: picture ? shownPositionsQueryOf(picture) : {},
        schema: positionsSchema,
        signal,
      }),
    gcTime: 0,
    retry: false,
  });
}

export async function keepPositions(picture: PictureName, places: Places): Promise<void> {
  const query = positionsQueryOf(picture);
  await apiFetch({ path, method: 'POST', query, body: { places }, schema: keptSchema });
}

export async function forgetPositions(picture: PictureName): Promise<void> {
  await apiFetch({ path, method: 'DELETE', query: positionsQueryOf(picture), schema: forgottenSchema });
}
