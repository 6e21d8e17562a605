import type { Scope } from '#lib/access/scope.ts';
import { directionCode } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { End } from '#lib/graph/model.ts';
import { type Span, wholeHours } from '#lib/kit/window.ts';
import { endsSql, type Grouping, isBetween, isEnd, readEnd } from './ends.ts';
import { parameters } from './parameters.ts';
import { readVerdict } from './readings.ts';
import { scopePredicate } from './scope-predicate.ts';

/** Flows between two ends that one sequence of policies decided, in one direction. */
export type TraceRow = {
  readonly source: End;
  readonly target: End;
  readonly direction: 'egress' | 'ingress';
  readonly verdict: Verdict;
  readonly flows: number;
  readonly enforced: readonly PolicyHit[];
  readonly pending: readonly PolicyHit[];
};

export type TracesQuestion = {
  readonly window: Span;
  readonly grouping: Grouping;
  /** `between`: from the first end to the second; `at`: with the end on either side. */
  readonly ends: { readonly between: readonly [End, End] } | { readonly at: End };
};

type Row = Record<string, unknown> & {
  readonly direction: number;
  readonly verdict: number;
  readonly flows: number;
  readonly enforced: readonly PolicyHit[] | null;
  readonly pending: readonly PolicyHit[] | null;
};

/**
 * Policy traces between ends, most flows first. They are kept by the hour, so that the window is
 * widened to whole hours. Of two kinds of collector on one channel the busier one answers, so that
 * they do not add up.
 */
export async function traces(
  reader: Reader,
  scope: Scope,
  question: TracesQuestion,
): Promise<readonly TraceRow[]> {
  const { ends } = question;
  const hours = wholeHours(question.window);
  const params = parameters();
  const from = params.add(new Date(hours.fromMs));
  const to = params.add(new Date(hours.toMs));
  const chosen =
    'between' in ends
      ? isBetween(ends.between, params)
      : `(${isEnd('s', ends.at, params)} OR ${isEnd('d', ends.at, params)})`;
  const text = `
WITH ends AS (${endsSql(question.grouping)}),
chosen AS (
  SELECT ch.id, ${['cluster', 'kind', 'ns', 'name'].map((c) => `s.${c} AS source_${c}, d.${c} AS target_${c}`).join(', ')}
  FROM channel ch JOIN ends s ON s.id = ch.source JOIN ends d ON d.id = ch.destination
  WHERE ${chosen}
),
fact AS (
  SELECT channel, source_kind, direction, verdict, enforced, pending, sum(flows) AS flows
  FROM channel_trace_1h
  WHERE bucket >= ${from} AND bucket < ${to} AND ${scopePredicate(scope, params)}
    AND channel IN (SELECT id FROM chosen)
  GROUP BY 1, 2, 3, 4, 5, 6
),
busiest AS (
  SELECT DISTINCT ON (channel) channel, source_kind FROM fact
  GROUP BY 1, 2 ORDER BY channel, sum(flows) DESC, source_kind
)
SELECT source_cluster, source_kind_ AS source_kind, source_ns, source_name,
  target_cluster, target_kind, target_ns, target_name, direction, verdict, flows, e.hits AS enforced, p.hits AS pending
FROM (
  SELECT c.source_cluster, c.source_kind AS source_kind_, c.source_ns, c.source_name,
    c.target_cluster, c.target_kind, c.target_ns, c.target_name,
    f.direction, f.verdict, f.enforced, f.pending, sum(f.flows)::float8 AS flows
  FROM fact f JOIN busiest b ON (b.channel, b.source_kind) = (f.channel, f.source_kind) JOIN chosen c ON c.id = f.channel
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12
) AS counted
LEFT JOIN policy_trace e ON e.id = counted.enforced
LEFT JOIN policy_trace p ON p.id = counted.pending
ORDER BY flows DESC, direction, verdict, counted.enforced, counted.pending, source_name, target_name`;
  const rows = await reader.ask<Row>(scope, { name: 'traces', text, values: params.values });
  return rows.map((row) => ({
    source: readEnd(row, 'source'),
    target: readEnd(row, 'target'),
    direction: row.direction === directionCode.egress ? 'egress' : 'ingress',
    verdict: readVerdict(row.verdict),
    flows: row.flows,
    enforced: row.enforced ?? [],
    pending: row.pending ?? [],
  }));
}
