import type { Scope } from '#lib/access/scope.ts';
import type { Slots } from '#lib/kit/time-slots.ts';
import { wholeDays } from '#lib/kit/window.ts';
import { counters, stepsSql } from './excess.ts';
import { rollup } from './facts.ts';
import type { Parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';
import { slotOf } from './slot-facts.ts';

/**
 * What the source's allowed traffic gives back slot by slot, as excess.ts has it: of slots within an hour from
 * the minutes of the day. Longer ones take its hours, since the minutes of a month are too many to read; an
 * hour may then differ from the graph of that hour where a denial and what it takes back stand in two.
 */
export function slotExcessSql(scope: Scope, slots: Slots, params: Parameters): string {
  const slot = (bucket: string): string => slotOf(bucket, slots, params);
  if (slots.grain === '1d') {
    const least = counters.map((c) => `least(allowed_${c}, denied_${c}) AS ${c}`).join(', ');
    return `SELECT ${slot('day')} AS slot, day, channel, ${least} FROM elected WHERE reporter = 1 AND denied_flows > 0`;
  }
  const days = wholeDays(slots.answered);
  // The scan is not begun where nothing of it would be used.
  const buckets = `(SELECT * FROM ${rollup[slots.grain]}
    WHERE (SELECT EXISTS (SELECT FROM elected WHERE reporter = 1 AND denied_flows > 0))
      AND bucket >= ${params.add(new Date(days.fromMs))} AND bucket < ${params.add(new Date(days.toMs))}
      AND ${scopePredicate(scope, params)})`;
  return `
  SELECT ${slot('bucket')} AS slot, day, channel, ${counters
    .map((c) => `sum(${c} - kept_${c} + before_${c})::bigint AS ${c}`)
    .join(', ')}
  FROM (${stepsSql(buckets)}) AS step
  GROUP BY 1, 2, 3`;
}
