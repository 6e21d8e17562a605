import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { AnsweredWindow } from '#lib/kit/window.ts';
import { factSql } from './facts.ts';
import { parameters } from './parameters.ts';
import type { SourceActivity } from './source-activity.ts';

type Row = {
  readonly cluster: string;
  readonly source_kind: number;
  readonly reporters: readonly number[];
  readonly records: number;
  readonly last_at: Date;
};

/**
 * What the facts in scope tell of the collectors of clusters that the viewer does not see whole. Nothing
 * else can be asked: a cluster's collectors work for everybody. A pause cannot be told from a namespace
 * that is quiet, and losses belong to nobody, so that neither is answered.
 */
export async function factsActivity(
  reader: Reader,
  scope: Scope,
  window: AnsweredWindow,
  clusters: readonly string[] | null,
): Promise<readonly SourceActivity[]> {
  if (scope.isEstate || window.pieces.length === 0) return [];
  const params = parameters();
  const ids = [...scope.namespaceIds, ...scope.namespacesSince.map(({ id }) => id)].map(String);
  const own = params.add(ids);
  const wanted = params.add(clusters);
  const whole = params.add([...scope.clusters]);
  const text = `
WITH own AS (SELECT id, cluster FROM namespace WHERE id = ANY(${own}::bigint[])),
fact AS (
  SELECT channel, source_kind, reporter, sum(records) AS records, max(last_seen) AS last_seen
  FROM (${factSql(scope, window, params)}) AS piece GROUP BY 1, 2, 3
)
SELECT cluster, source_kind, array_agg(DISTINCT reporter ORDER BY reporter) AS reporters,
  sum(records)::float8 AS records, max(last_seen) AS last_at
FROM (
  SELECT coalesce(CASE WHEN f.reporter = 2 THEN d.cluster END, s.cluster, d.cluster) AS cluster,
    f.source_kind, f.reporter, f.records, f.last_seen
  FROM fact f JOIN channel ch ON ch.id = f.channel
  LEFT JOIN own s ON s.id = ch.src_ns LEFT JOIN own d ON d.id = ch.dst_ns
) AS told
WHERE cluster <> ALL(${whole}::text[]) AND (${wanted}::text[] IS NULL OR cluster = ANY(${wanted}))
GROUP BY 1, 2 ORDER BY 1, 2`;
  const rows = await reader.ask<Row>(scope, { name: 'facts-activity', text, values: params.values });
  return rows.map((row) => ({
    cluster: row.cluster,
    kind: wordOf('sourceKind', row.source_kind),
    reporters: row.reporters,
    sampling: null,
    records: row.records,
    lostEvents: 0,
    lastMs: row.last_at.getTime(),
    activeMs: null,
  }));
}
