import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { DrawnEnd } from '#lib/graph/model.ts';
import { type Span, wholeDays } from '#lib/kit/window.ts';
import { endsSql, isEnd } from './ends.ts';
import { parameters } from './parameters.ts';

/** Labels of one of the viewer's own workloads, as recorded on the whole UTC days of a window, in order. */
export async function endLabels(
  reader: Reader,
  scope: Scope,
  window: Span,
  end: DrawnEnd,
): Promise<readonly string[]> {
  const days = wholeDays(window);
  const params = parameters();
  const from = params.add(new Date(days.fromMs));
  const to = params.add(new Date(days.toMs));
  const text = `
WITH ends AS (${endsSql(scope, 'workload', params)}),
own AS (
  SELECT id, own_from FROM (
    SELECT id, own_from, cluster AS source_cluster, kind AS source_kind, ns AS source_ns, name AS source_name FROM ends
  ) AS named WHERE own_from IS NOT NULL AND ${isEnd('source', end, params)}
)
SELECT DISTINCT label COLLATE "C" AS label
FROM endpoint_labels seen JOIN own ON own.id = seen.endpoint
JOIN label_set ON label_set.id = seen.label_set CROSS JOIN LATERAL unnest(label_set.labels) AS label
WHERE seen.valid_from >= ${from} AND seen.valid_from < ${to} AND seen.valid_from >= own.own_from
ORDER BY 1`;
  const rows = await reader.ask<{ readonly label: string }>(scope, {
    name: 'end-labels',
    text,
    values: params.values,
  });
  return rows.map(({ label }) => label);
}
