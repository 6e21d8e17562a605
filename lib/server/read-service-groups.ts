import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { DepthQuery } from '#lib/graph/depth.ts';
import type { Traffic } from '#lib/graph/model.ts';
import { noServiceGroups, type ServiceGroups, serviceGroups } from '#lib/graph/service-groups.ts';
import { inventoryAt } from './inventory-at.ts';

type Among = { readonly rows: readonly Traffic[]; readonly atMs: number };

/** The services that share their endpoints, as the inventory of that time has them, where it is asked for them. */
export async function readServiceGroups(
  reader: Reader,
  scope: Scope,
  { level, layers = [] }: DepthQuery,
  { rows, atMs }: Among,
): Promise<ServiceGroups> {
  if (!layers.includes('services') || level === 'port') return noServiceGroups;
  const running = rows
    .flatMap(({ source, target }) => [source, target])
    .filter(({ kind }) => kind === 'workload' || kind === 'service');
  const clusters = [...new Set(running.map(({ cluster }) => cluster))];
  const found = await Promise.all(
    clusters.map(async (cluster) => {
      const objects = await inventoryAt(reader, scope, cluster, atMs, ['service', 'workload']);
      return serviceGroups(
        cluster,
        objects.filter((object) => object.type === 'service'),
        objects.filter((object) => object.type === 'workload'),
      );
    }),
  );
  return new Map(found.flatMap((groups) => [...groups]));
}
