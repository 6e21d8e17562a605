import type { PolicyRights } from '#lib/access/policy-rights.ts';
import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { type Grouping, groupingOf } from '#lib/db/sql/ends.ts';
import { traffic } from '#lib/db/sql/traffic.ts';
import { type Depth, type DepthQuery, depthOf } from '#lib/graph/depth.ts';
import { drawnTraffic, type Filters, keptTraffic, speakOf } from '#lib/graph/filter-traffic.ts';
import type { DrawnTraffic, Traffic } from '#lib/graph/model.ts';
import type { AnsweredWindow } from '#lib/kit/window.ts';
import { filterEvidence } from './filter-evidence.ts';
import { type NamespaceGroups, readNamespaceGroups } from './read-namespace-groups.ts';
import { readServiceGroups } from './read-service-groups.ts';

type TrafficQuery = DepthQuery & {
  readonly window: AnsweredWindow;
  /** null is all of them. */
  readonly clusters: readonly string[] | null;
  readonly namespaces: readonly string[] | null;
  readonly filters: Filters;
  /** What filters may tell of policies; null: those of the viewer's own namespaces. */
  readonly policies: PolicyRights | null;
};

export type Kept = {
  readonly grouping: Grouping;
  /** How far down the graph goes, with the services that the inventory has as one node. */
  readonly depth: Depth;
  readonly rows: readonly Traffic[];
  /** The same before the filters. */
  readonly unfiltered: readonly Traffic[];
  readonly groupedBy: NamespaceGroups['by'];
  readonly labelled: NamespaceGroups['labelled'];
};

/** The counted traffic of a window as the viewer's filters leave it, between the nodes that are drawn. */
export async function readTraffic(
  reader: Reader,
  scope: Scope,
  query: TrafficQuery,
): Promise<readonly DrawnTraffic[]> {
  const { rows, depth } = await readKept(reader, scope, query);
  return drawnTraffic(rows, depth);
}

/** What the filters leave of a window, by workload, whatever is drawn. */
export async function readFine(reader: Reader, scope: Scope, query: TrafficQuery): Promise<Kept> {
  return await keptOf(reader, scope, query, 'workload');
}

/** What the filters leave of a window, with its ends as they were asked for. */
export async function readKept(reader: Reader, scope: Scope, query: TrafficQuery): Promise<Kept> {
  const isFine = speakOf(query.filters, ['workload', 'name', 'kind', 'label', 'policy', 'tier']);
  const grouping = isFine ? 'workload' : groupingOf(depthOf(query));
  return await keptOf(reader, scope, query, grouping);
}

async function keptOf(reader: Reader, scope: Scope, query: TrafficQuery, grouping: Grouping): Promise<Kept> {
  const { window, clusters, namespaces, filters, policies } = query;
  const [rows, evidence] = await Promise.all([
    traffic(reader, scope, { window, grouping, clusters, namespaces }),
    filterEvidence(reader, { scope, policies }, window.answered, filters),
  ]);
  const [services, { found, by, labelled }] = await Promise.all([
    readServiceGroups(reader, scope, query, { rows, atMs: window.answered.toMs }),
    readNamespaceGroups(reader, scope, query, { rows, window }),
  ]);
  const depth = depthOf(query, services, found);
  return {
    grouping,
    depth,
    rows: keptTraffic(rows, depth, filters, evidence),
    unfiltered: rows,
    groupedBy: by,
    labelled,
  };
}
