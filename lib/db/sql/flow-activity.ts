import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import { dayMs, hourMs, minuteMs, type Span } from '#lib/kit/window.ts';
import { type ChosenFlows, chosenJoin } from './chosen-flows.ts';
import { parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';

/** A stretch of time, and about how many flow records start in it. */
export type Busy = Span & { readonly records: number };

/** The days that single flows of a window may be in, newest first: raw flows have a partition each. */
export async function flowDays(
  reader: Reader,
  scope: Scope,
  { fromMs, toMs }: Span,
): Promise<readonly Span[]> {
  const rows = await reader.ask<{ readonly day: string }>(scope, {
    name: 'flow-days',
    text: `SELECT right(relname, 8) AS day FROM pg_inherits JOIN pg_class ON pg_class.oid = inhrelid
      WHERE inhparent = 'flow'::regclass ORDER BY relname DESC`,
    values: [],
  });
  return rows
    .map(({ day }) => Date.parse(`${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}T00:00:00Z`))
    .filter((startMs) => startMs < toMs && startMs + dayMs > fromMs)
    .map((startMs) => ({ fromMs: startMs, toMs: startMs + dayMs }));
}

const grains = {
  hour: { table: 'channel_1h', lengthMs: hourMs },
  minute: { table: 'channel_1m', lengthMs: minuteMs },
};

/** The hours or minutes of a span in which chosen flows start, newest first. */
export async function flowActivity(
  reader: Reader,
  scope: Scope,
  chosen: readonly ChosenFlows[] | null,
  { fromMs, toMs, grain }: Span & { readonly grain: keyof typeof grains },
): Promise<readonly Busy[]> {
  const { table, lengthMs } = grains[grain];
  const params = parameters();
  const [from, to] = [params.add(new Date(fromMs)), params.add(new Date(toMs))];
  const rows = await reader.ask<{ readonly bucket: Date; readonly records: number }>(scope, {
    name: 'flow-activity',
    text: `
      SELECT bucket, sum(records)::float8 AS records
      FROM (SELECT * FROM ${table} WHERE bucket >= ${from} AND bucket < ${to} AND ${scopePredicate(scope, params)}) AS fact
      ${chosenJoin(scope, chosen, { alias: 'fact', at: 'bucket' }, params)}
      GROUP BY bucket ORDER BY bucket DESC`,
    values: params.values,
  });
  return rows.map(({ bucket, records }) => ({
    fromMs: bucket.getTime(),
    toMs: bucket.getTime() + lengthMs,
    records,
  }));
}

/** Stretches of a window whose single flows retention has dropped, the earliest first. */
export async function flowsGone(
  reader: Reader,
  scope: Scope,
  { fromMs, toMs }: Span,
): Promise<readonly Span[]> {
  const rows = await reader.ask<{ readonly from_at: Date; readonly to_at: Date }>(scope, {
    name: 'flows-gone',
    text: `SELECT from_at, to_at FROM dropped_partition
      WHERE parent = 'flow' AND to_at > $1 AND from_at < $2 ORDER BY from_at`,
    values: [new Date(fromMs), new Date(toMs)],
  });
  const spans: Span[] = [];
  for (const { from_at, to_at } of rows) {
    const span = { fromMs: Math.max(from_at.getTime(), fromMs), toMs: Math.min(to_at.getTime(), toMs) };
    const last = spans.at(-1);
    if (last?.toMs === span.fromMs) spans[spans.length - 1] = { fromMs: last.fromMs, toMs: span.toMs };
    else spans.push(span);
  }
  return spans;
}
