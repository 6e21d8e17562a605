import { redactRows, type Sides } from '#lib/access/redact.ts';
import type { Scope } from '#lib/access/scope.ts';
import { directionCode } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { PolicyHit } from '#lib/flows/policy-trace.ts';
import type { Verdict } from '#lib/flows/verdict.ts';
import type { DrawnEnd, End, ServedPort } from '#lib/graph/model.ts';
import { type Span, wholeHours } from '#lib/kit/window.ts';
import { endNames, endsSql, type Grouping, isBetween, isEnd, readEnds, seenChannelsSql } from './ends.ts';
import { type Parameters, parameters } from './parameters.ts';
import { readPort, readVerdict } from './readings.ts';
import { scopePredicate } from './scope-predicate.ts';

/** Flows between two ends that one sequence of policies decided, in one direction. */
export type TraceRow = ServedPort & {
  readonly source: End;
  readonly target: End;
  readonly inScope: Sides;
  readonly direction: 'egress' | 'ingress';
  readonly verdict: Verdict;
  readonly flows: number;
  /** null: they name what row-level security keeps back. */
  readonly enforced: readonly PolicyHit[] | null;
  readonly pending: readonly PolicyHit[] | null;
};

export type TracesQuestion = {
  readonly window: Span;
  readonly grouping: Grouping;
  /** `between`: from the first end to the second; `at`: with one of these on either side. */
  readonly ends:
    | { readonly between: readonly [DrawnEnd, DrawnEnd] }
    | { readonly at: DrawnEnd | readonly DrawnEnd[] };
};

type Row = Record<string, unknown> & {
  readonly protocol: string;
  readonly port: number;
  readonly direction: number;
  readonly verdict: number;
  readonly flows: number;
  readonly enforced: readonly PolicyHit[] | null;
  readonly pending: readonly PolicyHit[] | null;
};

/**
 * Policy traces between ends, most flows first. They are kept by the hour, so that the window is
 * widened to whole hours. Of two kinds of collector on one channel the busier one answers, so that
 * they do not add up. What was decided at an end that is not the viewer's own is nobody else's business.
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
  const chosen = 'between' in ends ? isBetween(ends.between, params) : touches([ends.at].flat(), params);
  const text = `
WITH ends AS (${endsSql(scope, question.grouping, params)}),
chosen AS (${seenChannelsSql(scope, params, chosen)}),
fact AS (
  SELECT date_trunc('day', bucket, 'UTC') AS day, channel, source_kind, direction, verdict, enforced, pending,
    sum(flows) AS flows
  FROM channel_trace_1h
  WHERE bucket >= ${from} AND bucket < ${to} AND ${scopePredicate(scope, params)}
    AND channel IN (SELECT id FROM chosen)
  GROUP BY 1, 2, 3, 4, 5, 6, 7
),
busiest AS (
  SELECT DISTINCT ON (channel) channel, source_kind FROM fact
  GROUP BY 1, 2 ORDER BY channel, sum(flows) DESC, source_kind
)
SELECT ${endNames('counted')}, counted.protocol, counted.port, direction, verdict, flows,
  CASE counted.enforced WHEN 0 THEN '[]' ELSE e.hits END AS enforced,
  CASE counted.pending WHEN 0 THEN '[]' ELSE p.hits END AS pending
FROM (
  SELECT ${endNames('c')}, c.protocol, c.port, f.direction, f.verdict, f.enforced, f.pending, sum(f.flows)::float8 AS flows
  FROM fact f JOIN busiest b ON (b.channel, b.source_kind) = (f.channel, f.source_kind)
  JOIN chosen c ON c.id = f.channel AND f.day >= c.from_at AND f.day < c.to_at
  WHERE CASE f.direction WHEN ${directionCode.egress} THEN source_own ELSE target_own END
  GROUP BY ${endNames('c')}, c.protocol, c.port, f.direction, f.verdict, f.enforced, f.pending
) AS counted
LEFT JOIN policy_trace e ON e.id = counted.enforced
LEFT JOIN policy_trace p ON p.id = counted.pending
ORDER BY flows DESC, direction, verdict, counted.enforced, counted.pending, source_name, target_name,
  counted.protocol, counted.port`;
  const rows = await reader.ask<Row>(scope, { name: 'traces', text, values: params.values });
  return redactRows(
    rows.map((row) => ({
      ...readEnds(row),
      protocol: row.protocol,
      port: readPort(row.port),
      direction: row.direction === directionCode.egress ? 'egress' : 'ingress',
      verdict: readVerdict(row.verdict),
      flows: row.flows,
      enforced: row.enforced,
      pending: row.pending,
    })),
    scope.farEnd,
  );
}

function touches(ends: readonly DrawnEnd[], params: Parameters): string {
  const either = ends.flatMap((end) => [isEnd('source', end, params), isEnd('target', end, params)]);
  return either.length === 0 ? 'FALSE' : `(${either.join(' OR ')})`;
}
