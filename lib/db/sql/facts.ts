import type { Scope } from '#lib/access/scope.ts';
import type { AnsweredWindow, Grain } from '#lib/kit/window.ts';
import type { Parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';

/** The table of each grain. */
export const rollup: Readonly<Record<Grain, string>> = {
  '1m': 'channel_1m',
  '1h': 'channel_1h',
  '1d': 'channel_1d',
};

/** Sums of a window by UTC day, channel, source kind, reporter and verdict, each piece from its own rollup. */
export function factSql(scope: Scope, window: AnsweredWindow, params: Parameters): string {
  const visible = scopePredicate(scope, params);
  const arms = window.pieces.map(
    ({ fromMs, toMs, grain }) => `
    SELECT * FROM ${rollup[grain]}
    WHERE bucket >= ${params.add(new Date(fromMs))} AND bucket < ${params.add(new Date(toMs))} AND ${visible}`,
  );
  return `
  SELECT date_trunc('day', bucket, 'UTC') AS day, channel, source_kind, reporter, verdict, max(bucket) AS last_seen,
    sum(records)::bigint AS records, sum(flows)::bigint AS flows,
    sum(connections)::bigint AS connections, sum(connections_known)::bigint AS connections_known,
    sum(bytes)::bigint AS bytes, sum(bytes_known)::bigint AS bytes_known,
    sum(packets)::bigint AS packets, sum(packets_known)::bigint AS packets_known
  FROM (${arms.join('\n    UNION ALL')}) AS piece
  GROUP BY 1, 2, 3, 4, 5`;
}
