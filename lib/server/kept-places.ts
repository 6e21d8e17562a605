import type { Scope } from '#lib/access/scope.ts';
import type { Level } from '#lib/contracts/graph.ts';
import type { Reader } from '#lib/db/reader.ts';
import { placeKey } from '#lib/graph/layout/place-key.ts';
import type { Point } from '#lib/graph/layout/types.ts';
import { placesOf } from './positions.ts';

/** Where the screen has put the nodes of a cluster, for whoever sees the same; a picture of several has no places. */
export async function keptPlaces(
  reader: Reader,
  scope: Scope,
  { clusters, level }: { readonly clusters: readonly string[]; readonly level: Level },
): Promise<(id: string) => Point | undefined> {
  const [cluster] = clusters;
  if (cluster === undefined || clusters.length > 1) return () => undefined;
  const places = await placesOf(reader, scope, { cluster, layout: 'layered' });
  return (id) => {
    const place = places[placeKey(`${level} ${id}`)];
    return place && { x: place[0], y: place[1] };
  };
}
