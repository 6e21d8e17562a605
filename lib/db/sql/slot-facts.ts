import type { Scope } from '#lib/access/scope.ts';
import type { Slots } from '#lib/kit/time-slots.ts';
import type { AnsweredWindow } from '#lib/kit/window.ts';
import { rollup } from './facts.ts';
import type { Parameters } from './parameters.ts';
import { scopePredicate } from './scope-predicate.ts';
import { addedSums } from './sums.ts';

/** The start of the slot of a bucket. */
export function slotOf(bucket: string, { stepMs }: Slots, { add }: Parameters): string {
  return `date_bin(make_interval(secs => ${add(stepMs / 1000)}), ${bucket}, 'epoch'::timestamptz)`;
}

/** Slots as the window that they answer. */
export function answeredBy({ answered, grain }: Slots): AnsweredWindow {
  return { requested: answered, answered, pieces: [{ ...answered, grain }], hourly: [] };
}

/** Sums by slot, UTC day, channel, source kind, reporter and verdict, from the coarsest rollup that fits. */
export function slotFactSql(scope: Scope, slots: Slots, params: Parameters): string {
  const { fromMs, toMs } = slots.answered;
  return `
  SELECT ${slotOf('bucket', slots, params)} AS slot, date_trunc('day', bucket, 'UTC') AS day,
    channel, source_kind, reporter, verdict, ${addedSums('', 'bigint')}
  FROM ${rollup[slots.grain]}
  WHERE bucket >= ${params.add(new Date(fromMs))} AND bucket < ${params.add(new Date(toMs))}
    AND ${scopePredicate(scope, params)}
  GROUP BY 1, 2, 3, 4, 5, 6`;
}
