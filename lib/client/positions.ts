'use client';

import { useQuery } from '@tanstack/react-query';
import { forgottenSchema, keptSchema, type Places, positionsSchema } from '#lib/contracts/positions.ts';
import type { LayoutChoice } from '#lib/contracts/url-state.ts';
import { apiFetch } from './api-fetch.ts';

/** Which picture: that of a cluster, arranged in one way. */
export type PictureName = { readonly cluster: string; readonly layout: LayoutChoice };

/** The same as it came by a share link, or began with a saved view; null: by none. */
type ShownPicture = PictureName & { readonly via: string | null; readonly view: string | null };

const path = '/positions';

function queryOf({ cluster, layout }: PictureName) {
  return { cluster, layout };
}

function shownQueryOf({ via, view, ...picture }: ShownPicture) {
  const began = via === null ? view !== null && { view } : { link: via };
  return { ...queryOf(picture), ...began };
}

/**
 * Where the nodes of a picture stood, asked once for as long as it is shown: what moves afterwards the page knows
 * itself. null: there is no picture of that kind, or it is drawn from the graph alone.
 */
export function usePositions(picture: ShownPicture | null) {
  return useQuery<{ readonly places: Places }>({
    queryKey: ['positions', picture],
    enabled: ({ state }) => picture !== null && state.data === undefined,
    queryFn: ({ signal }) =>
      apiFetch({ path, query: picture ? shownQueryOf(picture) : {}, schema: positionsSchema, signal }),
    gcTime: 0,
    retry: false,
  });
}

export async function keepPositions(picture: PictureName, places: Places): Promise<void> {
  const query = queryOf(picture);
  await apiFetch({ path, method: 'POST', query, body: { places }, schema: keptSchema });
}

export async function forgetPositions(picture: PictureName): Promise<void> {
  await apiFetch({ path, method: 'DELETE', query: queryOf(picture), schema: forgottenSchema });
}
