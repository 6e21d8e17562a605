import type { Scope } from '#lib/access/scope.ts';
import { directionCode } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import { type Span, wholeHours } from '#lib/kit/window.ts';
import { endColumns, endJoins, endsSql } from './ends.ts';
import { parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';

/** One sequence of hits, how many flows met it in one direction, and the start of the last hour that one did. */
export type PolicyHits = {
  readonly direction: 'egress' | 'ingress';
  readonly flows: number;
  readonly lastMs: number;
  readonly enforced: readonly PolicyHit[];
  readonly pending: readonly PolicyHit[];
};

type Row = {
  readonly direction: number;
  readonly flows: number;
  readonly last: Date;
  readonly enforced: readonly PolicyHit[] | null;
  readonly pending: readonly PolicyHit[] | null;
};

/**
 * The hits that were recorded in a cluster, where the end that decided is the viewer's own. Of two kinds of
 * collector on one channel the busier one answers, so that they do not add up. The window is widened to whole
 * hours, by which traces are kept.
 */
export async function policyHits(
  reader: Reader,
  scope: Scope,
  { window, cluster }: { readonly window: Span; readonly cluster: string },
): Promise<readonly PolicyHits[]> {
  const hours = wholeHours(window);
  const params = parameters();
  const from = params.add(new Date(hours.fromMs));
  const to = params.add(new Date(hours.toMs));
  const named = params.add(cluster);
  const text = `
WITH ends AS (${endsSql(scope, 'namespace', params)}),
fact AS (
  SELECT date_trunc('day', bucket, 'UTC') AS day, channel, source_kind, direction, enforced, pending,
    sum(flows) AS flows, max(bucket) AS last
  FROM channel_trace_1h
  WHERE bucket >= ${from} AND bucket < ${to} AND ${scopePredicate(scope, params)}
  GROUP BY 1, 2, 3, 4, 5, 6
),
busiest AS (
  SELECT DISTINCT ON (channel) channel, source_kind FROM fact
  GROUP BY 1, 2 ORDER BY channel, sum(flows) DESC, source_kind
),
seen AS (
  SELECT ${endColumns}, f.direction, f.enforced, f.pending, f.flows, f.last
  FROM fact f JOIN busiest b ON (b.channel, b.source_kind) = (f.channel, f.source_kind)
  JOIN channel ch ON ch.id = f.channel
  ${endJoins(scope, 'f.day')}
),
counted AS (
  SELECT direction, enforced, pending, sum(flows)::float8 AS flows, max(last) AS last FROM seen
  WHERE CASE direction WHEN ${directionCode.egress} THEN source_own AND source_cluster = ${named}
    ELSE target_own AND target_cluster = ${named} END
  GROUP BY 1, 2, 3
)
SELECT direction, flows, last, e.hits AS enforced, p.hits AS pending
FROM counted LEFT JOIN policy_trace e ON e.id = counted.enforced
LEFT JOIN policy_trace p ON p.id = counted.pending`;
  const rows = await reader.ask<Row>(scope, { name: 'policy-hits', text, values: params.values });
  return rows.map(({ direction, flows, last, enforced, pending }) => ({
    direction: direction === directionCode.egress ? 'egress' : 'ingress',
    flows,
    lastMs: last.getTime(),
    enforced: enforced ?? [],
    pending: pending ?? [],
  }));
}
