import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { End } from '#lib/graph/model.ts';
import { type Span, wholeDays } from '#lib/kit/window.ts';
import { endsSql, readEnd } from './ends.ts';
import { parameters } from './parameters.ts';

/** An end in scope that labels were recorded of, and its values of the labels that were asked for. */
export type LabelsSeen = {
  readonly end: End;
  /** `key=value`, none where it has none of them. */
  readonly labels: readonly string[];
};

type Row = Record<string, unknown> & { readonly labels: readonly string[] };

/** Labels of the viewer's own ends, as recorded on the whole UTC days of a window. */
export async function labelsSeen(
  reader: Reader,
  scope: Scope,
  { window, keys }: { readonly window: Span; readonly keys: readonly string[] },
): Promise<readonly LabelsSeen[]> {
  const days = wholeDays(window);
  const params = parameters();
  const from = params.add(new Date(days.fromMs));
  const to = params.add(new Date(days.toMs));
  const wanted = params.add([...keys]);
  const text = `
WITH ends AS (${endsSql(scope, 'workload', params)})
SELECT cluster AS source_cluster, kind AS source_kind, ns AS source_ns, name AS source_name,
  coalesce(array_agg(DISTINCT label) FILTER (WHERE split_part(label, '=', 1) = ANY(${wanted}::text[])), '{}') AS labels
FROM endpoint_labels seen
JOIN ends ON ends.id = seen.endpoint
JOIN label_set ON label_set.id = seen.label_set
LEFT JOIN LATERAL unnest(label_set.labels) AS label ON TRUE
WHERE seen.valid_from >= ${from} AND seen.valid_from < ${to} AND seen.valid_from >= ends.own_from
GROUP BY 1, 2, 3, 4`;
  const rows = await reader.ask<Row>(scope, { name: 'labels-seen', text, values: params.values });
  return rows.map((row) => ({ end: readEnd(row, 'source'), labels: row.labels }));
}
