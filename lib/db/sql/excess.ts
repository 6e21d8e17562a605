import type { Scope } from '#lib/access/scope.ts';
import { type AnsweredWindow, dayMs, floorTo } from '#lib/kit/window.ts';
import type { Parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';

export const counters = ['flows', 'connections', 'bytes', 'packets'] as const;

/**
 * What the source's allowed traffic has to give back because the destination denied it: over a day
 * min(allowed, denied) of every counter. Within a day the two reports of one connection fall into
 * different minutes, so a plain subtraction per bucket would neither stay above 0 nor add up to the
 * day. Here a denial takes back the nearest allowed traffic before it: with X(t) = allowed − denied up
 * to t, the traffic that stays up to t is max(0, min of X from t on), which only grows, ends at
 * max(0, X(day)) and so adds up at every grain. The flaw: X at t needs the minutes of the whole day.
 */
export function excessSql(scope: Scope, window: AnsweredWindow, params: Parameters): string {
  const { fromMs, toMs } = window.answered;
  const from = params.add(new Date(fromMs));
  const to = params.add(new Date(toMs));
  const partial = params.add(partialDays(window).map((dayStartMs) => new Date(dayStartMs)));
  return `
  SELECT day, channel, ${each((c) => `least(allowed_${c}, denied_${c}) AS ${c}`)}
  FROM elected
  WHERE reporter = 1 AND denied_flows > 0 AND NOT day = ANY(${partial}::timestamptz[])
  UNION ALL
  SELECT day, channel, ${each((c) => `sum(${c} - kept_${c} + before_${c})::bigint AS ${c}`)}
  FROM (${stepsSql(bucketsSql(scope, window, params), `AND e.day = ANY(${partial}::timestamptz[])`)}) AS step
  WHERE bucket >= ${from} AND bucket < ${to}
  GROUP BY day, channel`;
}

function each(sql: (counter: string) => string): string {
  return counters.map(sql).join(', ');
}

/** Of every channel that gives back, bucket by bucket: its allowed traffic and what stays up to here and up to the bucket before. */
export function stepsSql(buckets: string, condition = ''): string {
  return `
    SELECT day, channel, bucket, ${each((c) => c)}, ${each((c) => `kept_${c}`)},
      ${each((c) => `lag(kept_${c}, 1, 0::numeric) OVER (PARTITION BY day, channel ORDER BY bucket) AS before_${c}`)}
    FROM (
      SELECT day, channel, bucket, ${each((c) => c)},
        ${each((c) => `greatest(0, min(upto_${c}) OVER (PARTITION BY day, channel ORDER BY bucket ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)) AS kept_${c}`)}
      FROM (
        SELECT e.day, e.channel, m.bucket,
          ${each((c) => `coalesce(sum(m.${c}) FILTER (WHERE m.reporter = 1), 0) AS ${c}`)},
          ${each(
            (c) => `sum(sum(CASE WHEN m.reporter = 1 THEN m.${c} ELSE -m.${c} END))
              OVER (PARTITION BY e.day, e.channel ORDER BY m.bucket) AS upto_${c}`,
          )}
        FROM elected e
        JOIN ${buckets} m ON m.channel = e.channel AND m.source_kind = e.source_kind
          AND m.bucket >= e.day AND m.bucket < e.day + interval '1 day'
        WHERE e.reporter = 1 AND e.denied_flows > 0 ${condition}
          AND ((m.reporter = 1 AND m.verdict = 1) OR (m.reporter = 2 AND m.verdict = 2))
        GROUP BY e.day, e.channel, m.bucket
      ) AS balance
    ) AS curve`;
}

/** The minutes of the days that are cut; the hours of those of which retention has left no minutes. */
function bucketsSql(scope: Scope, window: AnsweredWindow, params: Parameters): string {
  const days = partialDays(window);
  if (days.length === 0) return '(SELECT * FROM channel_1m WHERE FALSE)';
  // Only now: Postgres refuses a parameter that no part of a statement uses.
  const visible = scopePredicate(scope, params);
  const arms = days.map((day) => {
    const table = window.hourly.includes(day) ? 'channel_1h' : 'channel_1m';
    const from = params.add(new Date(day));
    const to = params.add(new Date(day + dayMs));
    return `SELECT * FROM ${table} WHERE bucket >= ${from} AND bucket < ${to} AND ${visible}`;
  });
  return `(${arms.join(' UNION ALL ')})`;
}

/** The days of which the window covers only a part: at most the first and the last. */
function partialDays({ answered }: AnsweredWindow): readonly number[] {
  const ends = [floorTo(answered.fromMs, dayMs), floorTo(answered.toMs - 1, dayMs)];
  return [...new Set(ends)].filter((day) => day < answered.fromMs || day + dayMs > answered.toMs);
}
