import type { Scope } from '#lib/access/scope.ts';
import { type AnsweredWindow, type Span, wholeDays } from '#lib/kit/window.ts';
import type { Parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';

const columns =
  'channel, source_kind, reporter, verdict, flows, connections, connections_known, bytes, packets';

/**
 * The whole days of the channels of `fact`, as they were reported. Those that `fact` has whole are there already,
 * the others are read from channel_1d.
 */
export function reportsSql(
  scope: Scope,
  { answered, pieces }: Pick<AnsweredWindow, 'answered' | 'pieces'>,
  params: Parameters,
): string {
  const days = wholeDays(answered);
  const [whole] = pieces.filter(({ grain }) => grain === '1d');
  if (whole === undefined) return `${dayReportsSql(scope, days, params)} AND ${inFact(days, params)}`;
  const cut = [
    { fromMs: days.fromMs, toMs: whole.fromMs },
    { fromMs: whole.toMs, toMs: days.toMs },
  ].filter(({ fromMs, toMs }) => fromMs < toMs);
  const read = cut.map((span) => `${dayReportsSql(scope, span, params)} AND ${inFact(span, params)}`);
  return [`SELECT day, ${columns} FROM fact WHERE ${within('day', whole, params)}`, ...read].join(
    ' UNION ALL ',
  );
}

/** All that was reported of whole days. */
export function dayReportsSql(scope: Scope, days: Span, params: Parameters): string {
  return `SELECT bucket AS day, ${columns} FROM channel_1d
    WHERE ${within('bucket', days, params)} AND ${scopePredicate(scope, params)}`;
}

function inFact(span: Span, params: Parameters): string {
  return `(bucket, channel) IN (SELECT day, channel FROM fact WHERE ${within('day', span, params)})`;
}

function within(column: string, { fromMs, toMs }: Span, { add }: Parameters): string {
  return `${column} >= ${add(new Date(fromMs))} AND ${column} < ${add(new Date(toMs))}`;
}

/**
 * Elects, per UTC day and channel, the one (source kind, reporter) that answers. `reports` are of whole days
 * (reportsSql, dayReportsSql), so that a minute, an hour and the day have the same reporter.
 *
 * Of one kind the destination answers, unless the source reported more allowed connections (flows
 * where either side does not know connections) than the destination reported of all verdicts; a side
 * that nobody reported cannot answer. Of several kinds the one whose reporter knows most answers.
 *
 * Of one kind, reporter and verdict a day has one row, which max takes for a fraction of what a sum of bigints
 * costs; sums that are only compared are floats, exact to 2^53.
 */
export function electedSql(reports: string): string {
  return `
  SELECT DISTINCT ON (day, channel) day, channel, source_kind, reporter,
    denied_flows, denied_connections, denied_bytes, denied_packets,
    allowed_flows, allowed_connections, allowed_bytes, allowed_packets
  FROM (
    SELECT *,
      CASE WHEN NOT by_source AND NOT by_destination THEN 0
        WHEN NOT by_destination THEN 1
        WHEN NOT by_source THEN 2
        WHEN allowed_known > 0 AND destination_known > 0
          THEN CASE WHEN allowed_connections > destination_connections THEN 1 ELSE 2 END
        WHEN allowed_flows > destination_flows THEN 1
        ELSE 2 END AS reporter
    FROM (
      SELECT day, channel, source_kind,
        bool_or(reporter = 1) AS by_source,
        bool_or(reporter = 2) AS by_destination,
        coalesce(max(flows) FILTER (WHERE reporter = 1 AND verdict = 1), 0) AS allowed_flows,
        coalesce(max(connections) FILTER (WHERE reporter = 1 AND verdict = 1), 0) AS allowed_connections,
        coalesce(max(connections_known) FILTER (WHERE reporter = 1 AND verdict = 1), 0) AS allowed_known,
        coalesce(max(bytes) FILTER (WHERE reporter = 1 AND verdict = 1), 0) AS allowed_bytes,
        coalesce(max(packets) FILTER (WHERE reporter = 1 AND verdict = 1), 0) AS allowed_packets,
        coalesce(sum(flows::float8) FILTER (WHERE reporter = 2), 0) AS destination_flows,
        coalesce(sum(connections::float8) FILTER (WHERE reporter = 2), 0) AS destination_connections,
        coalesce(sum(connections_known::float8) FILTER (WHERE reporter = 2), 0) AS destination_known,
        coalesce(max(flows) FILTER (WHERE reporter = 2 AND verdict = 2), 0) AS denied_flows,
        coalesce(max(connections) FILTER (WHERE reporter = 2 AND verdict = 2), 0) AS denied_connections,
        coalesce(max(bytes) FILTER (WHERE reporter = 2 AND verdict = 2), 0) AS denied_bytes,
        coalesce(max(packets) FILTER (WHERE reporter = 2 AND verdict = 2), 0) AS denied_packets,
        sum(connections_known::float8) AS known,
        sum(connections::float8) AS connections, sum(flows::float8) AS flows
      FROM (${reports}) AS report
      GROUP BY 1, 2, 3
    ) AS side
  ) AS kind
  ORDER BY day, channel, reporter = 0, CASE WHEN known > 0 THEN connections END DESC NULLS LAST, flows DESC, source_kind`;
}

/** Holds for rows `row` that count where `e` was elected: its own, and whatever either side says was not allowed. */
export function answers(row: string): string {
  return `(${row}.reporter = e.reporter OR (${row}.verdict <> 1 AND ${row}.reporter <> 0 AND e.reporter <> 0))`;
}
