import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { parameters } from './parameters.ts';
import { clusterPredicate, scopePredicate } from './scope-predicate.ts';

export type ClusterRow = {
  readonly name: string;
  readonly firstFlowAt: Date;
  /** Start of the last minute with a flow, of the last day where no minutes are kept. */
  readonly lastFlowAt: Date;
  /** Of a cluster that is not seen whole the same as `lastFlowAt`: what else came is not told. */
  readonly lastIngestAt: Date;
};

/** The clusters that there are flows of for the viewer, the one ingested last first. */
export async function clusters(reader: Reader, scope: Scope): Promise<readonly ClusterRow[]> {
  const [whole, parts] = await Promise.all([wholeClusters(reader, scope), clustersInParts(reader, scope)]);
  return [...whole, ...parts].toSorted(
    (a, b) => b.lastIngestAt.getTime() - a.lastIngestAt.getTime() || (a.name < b.name ? -1 : 1),
  );
}

async function wholeClusters(reader: Reader, scope: Scope): Promise<readonly ClusterRow[]> {
  const params = parameters();
  const visible = clusterPredicate(scope, params);
  return reader.ask<ClusterRow>(scope, {
    name: 'clusters',
    text: `
      SELECT s.cluster AS name, s.first AS "firstFlowAt", s.last AS "lastFlowAt", b.last AS "lastIngestAt"
      FROM (SELECT cluster, min(bucket) AS first, max(bucket) AS last FROM source_1m
        WHERE records > 0 AND ${visible} GROUP BY 1) s
      JOIN (SELECT cluster, max(committed_at) AS last FROM ingest_batch
        WHERE accepted > 0 AND ${visible} GROUP BY 1) b USING (cluster)`,
    values: params.values,
  });
}

/** Those of which the viewer sees some namespaces, by the flows of these alone. */
async function clustersInParts(reader: Reader, scope: Scope): Promise<readonly ClusterRow[]> {
  if (scope.isEstate) return [];
  const names = await clustersWithFlows(reader, scope);
  const rows = await Promise.all(names.map((owned) => extentOf(reader, scope, owned)));
  return rows.flat();
}

type Owned = { readonly cluster: string; readonly ids: readonly string[] };

// Facts are not kept by namespace: without a channel to look for, all of them would be read in vain.
async function clustersWithFlows(reader: Reader, scope: Scope): Promise<readonly Owned[]> {
  const params = parameters();
  const own = params.add([...scope.namespaceIds, ...scope.namespacesSince.map(({ id }) => id)].map(String));
  const whole = params.add([...scope.clusters]);
  return reader.ask<Owned>(scope, {
    name: 'clusters-in-parts',
    text: `
      SELECT n.cluster, array_agg(n.id::text) AS ids FROM namespace n
      WHERE n.id = ANY(${own}::bigint[]) AND n.cluster <> ALL(${whole}::text[])
        AND n.id IN (SELECT src_ns FROM channel WHERE src_ns = ANY(${own}::bigint[])
          UNION ALL SELECT dst_ns FROM channel WHERE dst_ns = ANY(${own}::bigint[]))
      GROUP BY 1 ORDER BY 1`,
    values: params.values,
  });
}

type Extent = Readonly<Record<'firstDay' | 'lastDay' | 'firstMinute' | 'lastMinute', Date | null>>;

/** Each end is one step into an index, as far as there is anything. */
async function extentOf(
  reader: Reader,
  scope: Scope,
  { cluster, ids }: Owned,
): Promise<readonly ClusterRow[]> {
  const params = parameters();
  const own = params.add(ids);
  const visible = scopePredicate(scope, params);
  const end = (table: string, order: 'ASC' | 'DESC'): string =>
    `(SELECT bucket FROM ${table} WHERE (src_ns = ANY(${own}::bigint[]) OR dst_ns = ANY(${own}::bigint[])) AND ${visible}
      ORDER BY bucket ${order} LIMIT 1)`;
  const [extent] = await reader.ask<Extent>(scope, {
    name: 'cluster-extent',
    text: `
      SELECT ${end('channel_1d', 'ASC')} AS "firstDay", ${end('channel_1d', 'DESC')} AS "lastDay",
        ${end('channel_1m', 'ASC')} AS "firstMinute", ${end('channel_1m', 'DESC')} AS "lastMinute"`,
    values: params.values,
  });
  if (!extent?.firstDay || !extent.lastDay) return [];
  const lastFlowAt = within(extent.lastDay, extent.lastMinute);
  return [
    {
      name: cluster,
      firstFlowAt: within(extent.firstDay, extent.firstMinute),
      lastFlowAt,
      lastIngestAt: lastFlowAt,
    },
  ];
}

/** The minute where it is one of the day: retention may have taken the minutes and left the day. */
function within(day: Date, minute: Date | null): Date {
  const isOfDay = minute !== null && minute.toISOString().slice(0, 10) === day.toISOString().slice(0, 10);
  return isOfDay ? minute : day;
}
