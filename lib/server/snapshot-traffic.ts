import { isInScope, type Scope } from '#lib/access/scope.ts';
import { readSnapshotPayload, type SnapshotPayload } from '#lib/contracts/frozen.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { parseGroupRef } from '#lib/contracts/group-ref.ts';
import { aggregate } from '#lib/graph/aggregate.ts';
import { communityLayers } from '#lib/graph/community-groups.ts';
import { type DepthQuery, depthOf, type FoundGroups, foundGroups, noFoundGroups } from '#lib/graph/depth.ts';
import { drawnTraffic, type Filters, keptTraffic } from '#lib/graph/filter-traffic.ts';
import { noEvidence } from '#lib/graph/flow-facts.ts';
import { fromColumns } from '#lib/graph/frozen/columns.ts';
import { noCompleteness } from '#lib/graph/frozen/public-graph.ts';
import { reduceRows } from '#lib/graph/frozen/reduce-rows.ts';
import { limitPicture } from '#lib/graph/limit-picture.ts';
import type { End, Traffic } from '#lib/graph/model.ts';
import { noServiceGroups } from '#lib/graph/service-groups.ts';
import { idOf } from '#lib/ingest/id63.ts';
import { edgeId } from './edge-id.ts';
import { namespaceIsSeen, seesCluster } from './namespace-in-scope.ts';
import { unpack } from './pack.ts';

/** A snapshot as one reader may see it. */
export type SeenSnapshot = Pick<SnapshotPayload, 'window' | 'completeness'> & {
  readonly rows: readonly Traffic[];
};

/** Unpacks a snapshot and reduces it to a scope, before anything else looks at a row; null where nothing is left. */
export async function seenSnapshot(
  data: Buffer,
  scope: Scope,
  { seesTheSame }: { readonly seesTheSame: boolean },
): Promise<SeenSnapshot | null> {
  const payload = await unpack(data, readSnapshotPayload);
  if (payload === null) return null;
  const { window, completeness, rows } = payload;
  const fromMs = Date.parse(window.answered.from);
  return {
    window,
    // What the collectors of a cluster did is for whoever sees as much as the one who froze it.
    completeness: seesTheSame ? completeness : noCompleteness,
    rows: reduceRows(fromColumns(rows), { isOwn: (end) => isOwn(scope, end, fromMs), farEnd: scope.farEnd }),
  };
}

/** Whether an end was in a scope through all of the window. */
function isOwn(scope: Scope, { cluster, namespace }: End, fromMs: number): boolean {
  return namespace === null
    ? seesCluster(scope, cluster)
    : namespaceIsSeen(scope, cluster, namespace, fromMs);
}

export type SnapshotQuestion = DepthQuery & {
  readonly filters: Filters;
  readonly size: 'readable' | 'whole';
};

/** The graph document of frozen rows: what a live one would have been, but for groups that the inventory makes. */
export function frozenGraph(
  { window, completeness, rows }: SeenSnapshot,
  { filters, size, ...query }: SnapshotQuestion,
): GraphDocument {
  const depth = depthOf(query, noServiceGroups, frozenGroups(query, rows));
  const kept = keptTraffic(rows, depth, filters, noEvidence);
  const picture = aggregate(drawnTraffic(kept, depth), query.level, edgeId);
  return {
    window,
    level: query.level,
    completeness,
    ...(size === 'readable' ? limitPicture(picture, query.level) : { ...picture, truncated: null }),
  };
}

/** Of communities those that the rows make; labels are no part of a snapshot. */
function frozenGroups({ group = null }: DepthQuery, rows: readonly Traffic[]): FoundGroups {
  const isFound = group !== null && parseGroupRef(group)?.by === 'community';
  return isFound ? foundGroups(communityLayers(rows)) : noFoundGroups;
}

/** Whose traffic rows are, for deleting them for good, and what whoever shows them to everybody must see. */
export function holdingsOf(rows: readonly Traffic[]) {
  const [clusters, namespaces] = [new Set<string>(), new Set<string>()];
  const [needsClusters, needsNamespaces] = [new Set<string>(), new Set<string>()];
  for (const { source, target, inScope } of rows) {
    for (const { cluster, namespace } of [source, target]) {
      if (cluster !== '') clusters.add(cluster);
      if (namespace !== null) namespaces.add(`${cluster}/${namespace}`);
    }
    const own = [...(inScope.source ? [source] : []), ...(inScope.target ? [target] : [])];
    const named = own.filter(({ namespace }) => namespace !== null);
    for (const { cluster, namespace } of named)
      needsNamespaces.add(idOf('namespace', cluster, namespace ?? '').text);
    if (named.length === 0) for (const { cluster } of own) needsClusters.add(cluster);
  }
  return {
    clusters: [...clusters].sort(),
    namespaces: [...namespaces].sort(),
    needsClusters: [...needsClusters].sort(),
    needsNamespaces: [...needsNamespaces].map(BigInt),
  };
}

/** Whether a scope still holds what a picture was made of. */
export function covers(
  scope: Scope,
  needs: { readonly needsClusters: readonly string[]; readonly needsNamespaces: readonly bigint[] },
  fromMs: number,
): boolean {
  return (
    needs.needsClusters.every((cluster) => seesCluster(scope, cluster)) &&
    needs.needsNamespaces.every((id) => isInScope(scope, id, fromMs))
  );
}
