import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { Span } from '#lib/kit/window.ts';
import { parameters } from './parameters.ts';
import { clusterPredicate, seesClusters } from './scope-predicate.ts';

/** What the ledger says of one collector in a window. */
export type Delivery = {
  readonly cluster: string;
  /** null where nothing told the format. */
  readonly kind: SourceKind | null;
  readonly rejected: number;
  /** From the end of the newest flow to its arrival. */
  readonly lagMs: number | null;
};

type Row = {
  readonly cluster: string;
  readonly source_kind: number | null;
  readonly rejected: number;
  readonly lag_ms: number | null;
};

/**
 * The batches that hold a flow of the window, and those that hold none and came within it. What was
 * rejected may be of any namespace: it is told of clusters that are seen whole.
 */
export async function deliveries(
  reader: Reader,
  scope: Scope,
  window: Span,
  clusters: readonly string[] | null,
): Promise<readonly Delivery[]> {
  if (!seesClusters(scope)) return [];
  const params = parameters();
  const [from, to] = [params.add(new Date(window.fromMs)), params.add(new Date(window.toMs))];
  const wanted = params.add(clusters);
  const rows = await reader.ask<Row>(scope, {
    name: 'deliveries',
    text: `
      WITH batch AS (
        SELECT cluster, source_kind, rejected, committed_at, ended_at FROM ingest_batch
        WHERE last_at >= ${from} AND first_at < ${to}
        UNION ALL
        SELECT cluster, source_kind, rejected, committed_at, ended_at FROM ingest_batch
        WHERE last_at IS NULL AND committed_at >= ${from} AND committed_at < ${to}
      )
      SELECT cluster, source_kind, sum(rejected)::float8 AS rejected,
        (extract(epoch FROM (array_agg(committed_at - ended_at ORDER BY ended_at DESC, committed_at)
          FILTER (WHERE ended_at IS NOT NULL))[1]) * 1000)::float8 AS lag_ms
      FROM batch WHERE (${wanted}::text[] IS NULL OR cluster = ANY(${wanted})) AND ${clusterPredicate(scope, params)}
      GROUP BY 1, 2 ORDER BY 1, 2`,
    values: params.values,
  });
  return rows.map(({ cluster, source_kind, rejected, lag_ms }) => ({
    cluster,
    kind: source_kind === null ? null : wordOf('sourceKind', source_kind),
    rejected,
    lagMs: lag_ms === null ? null : Math.max(0, lag_ms),
  }));
}
