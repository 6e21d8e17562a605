import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { Span } from '#lib/kit/window.ts';
import { parameters } from './parameters.ts';
import { clusterPredicate, seesClusters } from './scope-predicate.ts';

/** The minutes of a window in which a collector delivered, ascending. */
export type SourceMinutes = {
  readonly cluster: string;
  readonly kind: SourceKind;
  readonly lostEvents: number;
  readonly sampling: number;
  readonly minutes: readonly { readonly atMs: number; readonly records: number }[];
};

type Row = {
  readonly cluster: string;
  readonly source_kind: number;
  readonly lost_events: number;
  readonly sampling: number;
  readonly at: readonly Date[];
  readonly records: readonly number[];
};

/** Of the clusters that are seen whole. */
export async function sourceMinutes(
  reader: Reader,
  scope: Scope,
  window: Span,
): Promise<readonly SourceMinutes[]> {
  if (!seesClusters(scope)) return [];
  const params = parameters();
  const [from, to] = [params.add(new Date(window.fromMs)), params.add(new Date(window.toMs))];
  const rows = await reader.ask<Row>(scope, {
    name: 'source-minutes',
    text: `
      SELECT cluster, source_kind, sum(lost_events)::float8 AS lost_events, max(sampling) AS sampling,
        array_agg(bucket ORDER BY bucket) AS at, array_agg(records ORDER BY bucket) AS records
      FROM (
        SELECT cluster, source_kind, bucket, sum(records)::float8 AS records, sum(lost_events) AS lost_events,
          max(sampling) AS sampling
        FROM source_1m WHERE bucket >= ${from} AND bucket < ${to} AND ${clusterPredicate(scope, params)}
        GROUP BY 1, 2, 3
      ) AS minute
      GROUP BY 1, 2 ORDER BY 1, 2`,
    values: params.values,
  });
  return rows.map(({ cluster, source_kind, lost_events, sampling, at, records }) => ({
    cluster,
    kind: wordOf('sourceKind', source_kind),
    lostEvents: lost_events,
    sampling,
    minutes: at.map((time, index) => ({ atMs: time.getTime(), records: records[index] ?? 0 })),
  }));
}
