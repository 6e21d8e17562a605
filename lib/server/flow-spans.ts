import type { Scope } from '#lib/access/scope.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { ChosenFlows } from '#lib/db/sql/chosen-flows.ts';
import { type Busy, flowActivity, flowDays } from '#lib/db/sql/flow-activity.ts';
import type { Span } from '#lib/kit/window.ts';

/**
 * The parts of a window that hold the chosen flows, newest first, each with about `wanted` of them where that
 * can be had: raw flows lie in the order of their arrival, so that a part costs what it is long. The rollups
 * tell where they are. Hours are cut into minutes where they hold many.
 */
export async function* flowSpans(
  reader: Reader,
  scope: Scope,
  chosen: readonly ChosenFlows[] | null,
  { window, wanted }: { readonly window: Span; readonly wanted: number },
): AsyncGenerator<Span, void> {
  for (const day of await flowDays(reader, scope, window)) {
    const hours = await flowActivity(reader, scope, chosen, {
      ...within(day, window, 'hour'),
      grain: 'hour',
    });
    for (const hour of joined(hours, wanted)) {
      if (hour.records <= 4 * wanted) yield clip(hour, window);
      else {
        const minutes = await flowActivity(reader, scope, chosen, {
          ...within(hour, window, 'minute'),
          grain: 'minute',
        });
        for (const stretch of joined(minutes, wanted)) yield clip(stretch, window);
      }
    }
  }
}

/** Neighbours become one until they hold enough. */
function* joined(stretches: readonly Busy[], wanted: number): Generator<Busy, void> {
  let open: Busy | null = null;
  for (const next of stretches) {
    if (open !== null && open.fromMs === next.toMs && open.records + next.records <= wanted) {
      open = { fromMs: next.fromMs, toMs: open.toMs, records: open.records + next.records };
      continue;
    }
    if (open !== null) yield open;
    open = next;
  }
  if (open !== null) yield open;
}

const lengths = { hour: 3_600_000, minute: 60_000 } as const;

/** Whole buckets: a window may begin in the middle of one. */
function within(span: Span, window: Span, bucket: keyof typeof lengths): Span {
  const lengthMs = lengths[bucket];
  return {
    fromMs: Math.max(span.fromMs, Math.floor(window.fromMs / lengthMs) * lengthMs),
    toMs: Math.min(span.toMs, Math.ceil(window.toMs / lengthMs) * lengthMs),
  };
}

function clip({ fromMs, toMs }: Span, window: Span): Span {
  return { fromMs: Math.max(fromMs, window.fromMs), toMs: Math.min(toMs, window.toMs) };
}
