import type { Scope } from '#lib/access/scope.ts';
import { type AnsweredWindow, dayMs, floorTo, type Grain, type Piece } from '#lib/kit/window.ts';
import type { Parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';
import { addedSums, floats } from './sums.ts';

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
  SELECT bucket AS day, channel, source_kind, reporter, verdict, bucket AS last_seen, ${floats()}
  ${rowsOf(piece)}`,
  );
  // The day of a row is told, not worked out: date_trunc looks up its zone for each of 150,000 minutes.
  const parts = cut.flatMap(daysOf).map(
    (piece) =>
      `SELECT ${params.add(new Date(floorTo(piece.fromMs, dayMs)))}::timestamptz AS day, bucket, channel, source_kind,
      reporter, verdict, ${floats()} ${rowsOf(piece)}`,
  );
  const added = `
  SELECT day, channel, source_kind, reporter, verdict, max(bucket) AS last_seen,
    ${addedSums('', 'float8')}
  FROM (${parts.join('\n    UNION ALL ')}) AS piece
  GROUP BY 1, 2, 3, 4, 5`;
  return [...days, ...(parts.length === 0 ? [] : [added])].join('\n  UNION ALL');
}

/** The parts of a piece that lie in one UTC day each. */
function daysOf({ fromMs, toMs, grain }: Piece): readonly Piece[] {
  const next = floorTo(fromMs, dayMs) + dayMs;
  if (toMs <= next) return [{ fromMs, toMs, grain }];
  return [{ fromMs, toMs: next, grain }, ...daysOf({ fromMs: next, toMs, grain })];
}
