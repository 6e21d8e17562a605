import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { DrawnEnd } from '#lib/graph/model.ts';
import { endsSql, type Grouping, isEnd, seenChannelsSql } from './ends.ts';
import { parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';

/** The first and the last UTC day with traffic of an end that the viewer sees, as long as it is counted; null: none. */
export async function daysSeen(
  reader: Reader,
  scope: Scope,
  { grouping, end }: { readonly grouping: Grouping; readonly end: DrawnEnd },
): Promise<{ readonly firstOn: string; readonly lastOn: string } | null> {
  const params = parameters();
  const chosen = `(${isEnd('source', end, params)} OR ${isEnd('target', end, params)})`;
  const wall = scopePredicate(scope, params);
  const reached = (order: 'ASC' | 'DESC'): string => `(
    SELECT day FROM (
      SELECT day FROM bounds, generate_series(first, last, interval '24 hours') AS day ORDER BY day ${order}
    ) AS days
    WHERE (
      SELECT TRUE FROM channel_1d
      WHERE bucket = day AND channel = ANY(ARRAY(SELECT id FROM chosen WHERE day >= from_at AND day < to_at)) AND ${wall}
      LIMIT 1
    )
    LIMIT 1)`;
  // Day by day from either end, each by the index: most nodes are met on the first day that is looked at. The whole
  // table took a second for every million rows.
  const text = `
WITH ends AS (${endsSql(scope, grouping, params)}),
chosen AS MATERIALIZED (${seenChannelsSql(scope, params, chosen)}),
bounds AS (
  SELECT min(bucket) AS first, max(bucket) AS last FROM channel_1d WHERE EXISTS (SELECT FROM chosen)
)
SELECT ${reached('ASC')} AS first, ${reached('DESC')} AS last`;
  const rows = await reader.ask<{ readonly first: Date | null; readonly last: Date | null }>(scope, {
    name: 'days-seen',
    text,
    values: params.values,
  });
  const { first, last } = rows[0] ?? { first: null, last: null };
  if (first === null || last === null) return null;
  return { firstOn: first.toISOString().slice(0, 10), lastOn: last.toISOString().slice(0, 10) };
}
