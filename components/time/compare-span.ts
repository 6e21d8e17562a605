import type { CompareWith } from '#lib/contracts/url-state.ts';
import type { SpanMs } from './span-of.ts';

const dayMs = 86_400_000;

export const compareNames: Readonly<Record<Exclude<CompareWith['kind'], 'fixed'>, string>> = {
  previous: 'The window before',
  day: 'The day before',
  week: 'The week before',
};

/** The window that another one is compared with. */
export function baseSpanOf(compare: CompareWith, window: SpanMs): SpanMs {
  if (compare.kind === 'fixed') return { fromMs: compare.fromMs, toMs: compare.toMs };
  const byMs = { previous: window.toMs - window.fromMs, day: dayMs, week: 7 * dayMs }[compare.kind];
  return { fromMs: window.fromMs - byMs, toMs: window.toMs - byMs };
}
