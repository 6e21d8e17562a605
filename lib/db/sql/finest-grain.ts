import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { dayMs, type FinestGrain, floorTo, type Grain, type Span } from '#lib/kit/window.ts';

type Row = { readonly parent: string; readonly from_at: Date; readonly to_at: Date };

/** What retention has left of the first and the last day of a window. */
export async function finestGrain(
  reader: Reader,
  scope: Scope,
  { fromMs, toMs }: Span,
): Promise<FinestGrain> {
  const ends = [floorTo(fromMs, dayMs), floorTo(toMs - 1, dayMs)];
  const gone = await reader.ask<Row>(scope, {
    name: 'finest-grain',
    text: `
      SELECT parent, from_at, to_at FROM dropped_partition
      WHERE parent IN ('channel_1m', 'channel_1h') AND EXISTS (SELECT FROM unnest($1::timestamptz[]) AS day
        WHERE day >= from_at AND day < to_at)`,
    values: [ends.map((day) => new Date(day))],
  });
  const isGone = (parent: string, day: number): boolean =>
    gone.some((row) => row.parent === parent && row.from_at.getTime() <= day && day < row.to_at.getTime());
  return (day) => {
    if (isGone('channel_1h', day)) return '1d';
    return isGone('channel_1m', day) ? '1h' : '1m';
  };
}

/** What retention has left of every day of a window. */
export async function finestOfAll(reader: Reader, scope: Scope, { fromMs, toMs }: Span): Promise<Grain> {
  const gone = await reader.ask<Pick<Row, 'parent'>>(scope, {
    name: 'finest-of-all',
    text: `
      SELECT DISTINCT parent FROM dropped_partition
      WHERE parent IN ('channel_1m', 'channel_1h') AND from_at < $2 AND to_at > $1`,
    values: [new Date(fromMs), new Date(toMs)],
  });
  if (gone.some(({ parent }) => parent === 'channel_1h')) return '1d';
  return gone.length > 0 ? '1h' : '1m';
}
