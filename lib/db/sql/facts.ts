import type { Scope } from '#lib/access/scope.ts';
import type { AnsweredWindow, Grain, Piece } from '#lib/kit/window.ts';
import type { Parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';
import { addedSums, sums } from './sums.ts';

/** The table of each grain. */
export const rollup: Readonly<Record<Grain, string>> = {
  '1m': 'channel_1m',
  '1h': 'channel_1h',
  '1d': 'channel_1d',
};

/**
 * Sums of a window by UTC day, channel, source kind, reporter and verdict, each piece from its own rollup. Whole
 * days have them already: only what is cut from days is added up.
 */
export function factSql(scope: Scope, window: AnsweredWindow, params: Parameters): string {
  const visible = scopePredicate(scope, params);
  const rowsOf = ({ fromMs, toMs, grain }: Piece): string => `FROM ${rollup[grain]}
    WHERE bucket >= ${params.add(new Date(fromMs))} AND bucket < ${params.add(new Date(toMs))} AND ${visible}`;
  const whole = window.pieces.filter(({ grain }) => grain === '1d');
  const cut = window.pieces.filter(({ grain }) => grain !== '1d');
  const days = whole.map(
    (piece) => `
  SELECT bucket AS day, channel, source_kind, reporter, verdict, bucket AS last_seen, ${sums.join(', ')}
  ${rowsOf(piece)}`,
  );
  const parts = cut.map((piece) => `SELECT * ${rowsOf(piece)}`);
  const added = `
  SELECT date_trunc('day', bucket, 'UTC') AS day, channel, source_kind, reporter, verdict, max(bucket) AS last_seen,
    ${addedSums('', 'bigint')}
  FROM (${parts.join('\n    UNION ALL ')}) AS piece
  GROUP BY 1, 2, 3, 4, 5`;
  return [...days, ...(parts.length === 0 ? [] : [added])].join('\n  UNION ALL');
}
