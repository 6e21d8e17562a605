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
  const text = `
WITH ends AS (${endsSql(scope, grouping, params)}),
chosen AS (${seenChannelsSql(scope, params, chosen)})
SELECT min(bucket) AS first, max(bucket) AS last
FROM channel_1d JOIN chosen c ON c.id = channel AND bucket >= c.from_at AND bucket < c.to_at
WHERE ${scopePredicate(scope, params)}`;
  const rows = await reader.ask<{ readonly first: Date | null; readonly last: Date | null }>(scope, {
    name: 'days-seen',
    text,
    values: params.values,
  });
  const { first, last } = rows[0] ?? { first: null, last: null };
  if (first === null || last === null) return null;
  return { firstOn: first.toISOString().slice(0, 10), lastOn: last.toISOString().slice(0, 10) };
}
