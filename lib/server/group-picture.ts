import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { aggregate, type Picture } from '#lib/graph/aggregate.ts';
import type { Depth, DepthQuery } from '#lib/graph/depth.ts';
import { drawnTraffic } from '#lib/graph/filter-traffic.ts';
import { readable } from '#lib/graph/limit-picture.ts';
import { nodeId } from '#lib/graph/node-id.ts';
import type { AnsweredWindow } from '#lib/kit/window.ts';
import { edgeId } from './edge-id.ts';
import { type NamespaceGroups, readNamespaceGroups } from './read-namespace-groups.ts';
import type { Kept } from './read-traffic.ts';

export type GroupedPicture = Pick<NamespaceGroups, 'by' | 'labelled'> & {
  readonly picture: Picture;
  readonly depth: Depth;
  /** True where nobody asked for it. */
  readonly isAutomatic: boolean;
};

/**
 * The picture, its namespaces grouped as they were asked to be. Where nobody said anything and there are more nodes
 * than can be read, it is by the best label, else by who talks to whom.
 */
export async function groupPicture(
  reader: Reader,
  scope: Scope,
  query: DepthQuery & { readonly size: 'readable' | 'whole' },
  { rows, depth, unfiltered, groupedBy, labelled, window }: Kept & { readonly window: AnsweredWindow },
): Promise<GroupedPicture> {
  const { level, size, group } = query;
  const draw = (to: Depth): Picture => aggregate(drawnTraffic(rows, to), level, edgeId);
  const plain = { picture: draw(depth), depth, by: groupedBy, labelled, isAutomatic: false };
  const isFree = size === 'readable' && group === undefined && level === 'namespace';
  if (!isFree || plain.picture.nodes.length <= readable.nodes) return plain;
  let read = labelled;
  for (const by of ['label', 'community'] as const) {
    const among = { rows: unfiltered, window };
    const groups = await readNamespaceGroups(reader, scope, { ...query, group: by }, among);
    read ??= groups.labelled;
    const grouped = { ...depth, found: groups.found };
    if (groups.found.size > 0)
      return { picture: draw(grouped), depth: grouped, by: groups.by, labelled: read, isAutomatic: true };
  }
  return { ...plain, labelled: read };
}

/** How many found groups are in a picture, as nodes or opened. */
export function groupsIn({ nodes }: Picture, { found }: Depth): number {
  const ids = new Set(
    [...found.values()].map(({ cluster = '', name }) =>
      nodeId({ cluster, kind: 'layer', namespace: null, name }),
    ),
  );
  return nodes.filter(({ id }) => ids.has(id)).length;
}
