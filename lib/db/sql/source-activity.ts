import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { Span } from '#lib/kit/window.ts';

/** What one collector of one cluster delivered in a window. */
export type SourceActivity = {
  readonly cluster: string;
  readonly kind: SourceKind;
  /** Codes of the sides that reported, ascending. */
  readonly reporters: readonly number[];
  readonly sampling: number;
  readonly records: number;
  readonly lostEvents: number;
  /** Starts of the minutes with records, ascending. */
  readonly activeMs: readonly number[];
};

type Row = {
  readonly cluster: string;
  readonly source_kind: number;
  readonly reporters: readonly number[];
  readonly sampling: number;
  readonly records: number;
  readonly lost_events: number;
  readonly active: readonly Date[];
};

/** The collectors of a window, by cluster and kind; `clusters` null is all of them. */
export async function sourceActivity(
  reader: Reader,
  scope: Scope,
  window: Span,
  clusters: readonly string[] | null,
): Promise<readonly SourceActivity[]> {
  const rows = await reader.ask<Row>(scope, {
    name: 'source-activity',
    text: `
      SELECT cluster, source_kind,
        coalesce(array_agg(DISTINCT reporter ORDER BY reporter) FILTER (WHERE records > 0), '{}') AS reporters,
        max(sampling) AS sampling, sum(records)::float8 AS records, sum(lost_events)::float8 AS lost_events,
        coalesce(array_agg(DISTINCT bucket ORDER BY bucket) FILTER (WHERE records > 0), '{}') AS active
      FROM source_1m
      WHERE bucket >= $1 AND bucket < $2 AND ($3::text[] IS NULL OR cluster = ANY($3))
      GROUP BY 1, 2 ORDER BY 1, 2`,
    values: [new Date(window.fromMs), new Date(window.toMs), clusters],
  });
  return rows.map((row) => ({
    cluster: row.cluster,
    kind: wordOf('sourceKind', row.source_kind),
    reporters: row.reporters,
    sampling: row.sampling,
    records: row.records,
    lostEvents: row.lost_events,
    activeMs: row.active.map((at) => at.getTime()),
  }));
}
