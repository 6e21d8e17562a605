import type { Scope } from '#lib/access/scope.ts';
import { type AnsweredWindow, wholeDays } from '#lib/kit/window.ts';
import type { Parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';

/**
 * Elects, per UTC day and channel of `fact`, the one (source kind, reporter) that answers. It reads
 * the whole day from channel_1d, so that a minute, an hour and the day have the same reporter.
 *
 * Of one kind the destination answers, unless the source reported more allowed connections (flows
 * where either side does not know connections) than the destination reported of all verdicts; a side
 * that nobody reported cannot answer. Of several kinds the one whose reporter knows most answers.
 */
export function electedSql(scope: Scope, { answered }: AnsweredWindow, params: Parameters): string {
  // Said again for the planner, which then leaves out the other months.
  const days = wholeDays(answered);
  const from = params.add(new Date(days.fromMs));
  const to = params.add(new Date(days.toMs));
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
      SELECT bucket AS day, channel, source_kind,
        bool_or(reporter = 1) AS by_source,
        bool_or(reporter = 2) AS by_destination,
        coalesce(sum(flows) FILTER (WHERE reporter = 1 AND verdict = 1), 0)::bigint AS allowed_flows,
        coalesce(sum(connections) FILTER (WHERE reporter = 1 AND verdict = 1), 0)::bigint AS allowed_connections,
        coalesce(sum(connections_known) FILTER (WHERE reporter = 1 AND verdict = 1), 0)::bigint AS allowed_known,
        coalesce(sum(bytes) FILTER (WHERE reporter = 1 AND verdict = 1), 0)::bigint AS allowed_bytes,
        coalesce(sum(packets) FILTER (WHERE reporter = 1 AND verdict = 1), 0)::bigint AS allowed_packets,
        coalesce(sum(flows) FILTER (WHERE reporter = 2), 0)::bigint AS destination_flows,
        coalesce(sum(connections) FILTER (WHERE reporter = 2), 0)::bigint AS destination_connections,
        coalesce(sum(connections_known) FILTER (WHERE reporter = 2), 0)::bigint AS destination_known,
        coalesce(sum(flows) FILTER (WHERE reporter = 2 AND verdict = 2), 0)::bigint AS denied_flows,
        coalesce(sum(connections) FILTER (WHERE reporter = 2 AND verdict = 2), 0)::bigint AS denied_connections,
        coalesce(sum(bytes) FILTER (WHERE reporter = 2 AND verdict = 2), 0)::bigint AS denied_bytes,
        coalesce(sum(packets) FILTER (WHERE reporter = 2 AND verdict = 2), 0)::bigint AS denied_packets,
        sum(connections_known)::bigint AS known,
        sum(connections)::bigint AS connections, sum(flows)::bigint AS flows
      FROM channel_1d
      WHERE bucket >= ${from} AND bucket < ${to}
        AND (bucket, channel) IN (SELECT DISTINCT day, channel FROM fact) AND ${scopePredicate(scope, params)}
      GROUP BY 1, 2, 3
    ) AS side
  ) AS kind
  ORDER BY day, channel, reporter = 0, CASE WHEN known > 0 THEN connections END DESC NULLS LAST, flows DESC, source_kind`;
}
