import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { Span } from '#lib/kit/window.ts';
import { parameters } from './parameters.ts';
import { clusterPredicate, seesClusters } from './scope-predicate.ts';

/** What one collector of one cluster delivered in a window. */
export type SourceActivity = {
  readonly cluster: string;
  readonly kind: SourceKind;
  /** Codes of the sides that reported, ascending. */
  readonly reporters: readonly number[];
  /** null where nobody may tell. */
  readonly sampling: number | null;
  readonly records: number;
  readonly lostEvents: number;
  /** Start of the last bucket with records; null for none. */
  readonly lastMs: number | null;
  /** Starts of the minutes with records, ascending; null where pauses cannot be told. */
  readonly activeMs: readonly number[] | null;
};

type Row = {
  readonly cluster: string;
  readonly source_kind: number;
  readonly reporters: readonly number[];
  /** null where nobody may tell. */
  readonly sampling: number | null;
  readonly records: number;
  readonly lost_events: number;
  readonly active: readonly Date[];
};

/** The collectors of the clusters that are seen whole, by cluster and kind; `clusters` null is all of them. */
export async function sourceActivity(
  reader: Reader,
  scope: Scope,
  window: Span,
  clusters: readonly string[] | null,
): Promise<readonly SourceActivity[]> {
  if (!seesClusters(scope)) return [];
  const params = parameters();
  const [from, to] = [params.add(new Date(window.fromMs)), params.add(new Date(window.toMs))];
  const wanted = params.add(clusters);
  const rows = await reader.ask<Row>(scope, {
    name: 'source-activity',
    text: `
      SELECT cluster, source_kind,
        coalesce(array_agg(DISTINCT reporter ORDER BY reporter) FILTER (WHERE records > 0), '{}') AS reporters,
        max(sampling) AS sampling, sum(records)::float8 AS records, sum(lost_events)::float8 AS lost_events,
        coalesce(array_agg(DISTINCT bucket ORDER BY bucket) FILTER (WHERE records > 0), '{}') AS active
      FROM source_1m
      WHERE bucket >= ${from} AND bucket < ${to} AND (${wanted}::text[] IS NULL OR cluster = ANY(${wanted}))
        AND ${clusterPredicate(scope, params)}
      GROUP BY 1, 2 ORDER BY 1, 2`,
    values: params.values,
  });
  return rows.map((row) => ({
    cluster: row.cluster,
    kind: wordOf('sourceKind', row.source_kind),
    reporters: row.reporters,
    sampling: row.sampling,
    records: row.records,
    lostEvents: row.lost_events,
    lastMs: row.active.at(-1)?.getTime() ?? null,
    activeMs: row.active.map((at) => at.getTime()),
  }));
}
