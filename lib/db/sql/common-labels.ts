import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { End } from '#lib/graph/model.ts';
import { type Span, wholeDays } from '#lib/kit/window.ts';
import { endsSql, readEnd } from './ends.ts';
import { parameters } from './parameters.ts';

/** An end in scope, and the labels that each record of its labels has. */
export type CommonLabels = { readonly end: End; readonly labels: readonly string[] };

type Row = Record<string, unknown> & { readonly labels: readonly string[] };

/**
 * Labels of the viewer's own ends that stood in all their label sets on the whole UTC days of a window, sorted.
 * What a workload had for a part of the time only is not known of its flows.
 */
export async function commonLabels(
  reader: Reader,
  scope: Scope,
  window: Span,
): Promise<readonly CommonLabels[]> {
  const days = wholeDays(window);
  const params = parameters();
  const from = params.add(new Date(days.fromMs));
  const to = params.add(new Date(days.toMs));
  const text = `
WITH ends AS (${endsSql(scope, 'workload', params)}),
seen AS (
  SELECT DISTINCT cluster, kind, ns, name, seen.label_set
  FROM endpoint_labels seen JOIN ends ON ends.id = seen.endpoint
  WHERE seen.valid_from >= ${from} AND seen.valid_from < ${to} AND seen.valid_from >= ends.own_from
),
counted AS (
  SELECT cluster, kind, ns, name, count(*) AS sets FROM seen GROUP BY 1, 2, 3, 4
),
shared AS (
  SELECT seen.cluster, seen.kind, seen.ns, seen.name, label, count(*) AS sets
  FROM seen JOIN label_set ON label_set.id = seen.label_set CROSS JOIN LATERAL unnest(label_set.labels) AS label
  GROUP BY 1, 2, 3, 4, 5
)
SELECT c.cluster AS source_cluster, c.kind AS source_kind, c.ns AS source_ns, c.name AS source_name,
  array_agg(s.label ORDER BY s.label COLLATE "C") AS labels
FROM counted c JOIN shared s ON (s.cluster, s.kind, s.name, s.sets) = (c.cluster, c.kind, c.name, c.sets)
  AND s.ns IS NOT DISTINCT FROM c.ns
GROUP BY 1, 2, 3, 4`;
  const rows = await reader.ask<Row>(scope, { name: 'common-labels', text, values: params.values });
  return rows.map((row) => ({ end: readEnd(row, 'source'), labels: row.labels }));
}
