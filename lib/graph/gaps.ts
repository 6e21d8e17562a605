import type { Span } from '#lib/kit/window.ts';

/**
 * The stretches of a window in which a collector delivered nothing for longer than `toleranceMs`.
 * `activeMs` are the starts of the minutes with records, in order.
 */
export function gapsIn(window: Span, activeMs: readonly number[], toleranceMs: number): readonly Span[] {
  const gaps: Span[] = [];
  let quietFromMs = window.fromMs;
  for (const atMs of activeMs) {
    if (atMs - quietFromMs > toleranceMs) gaps.push({ fromMs: quietFromMs, toMs: atMs });
    quietFromMs = Math.max(quietFromMs, atMs + 60_000);
  }
  if (window.toMs - quietFromMs > toleranceMs) gaps.push({ fromMs: quietFromMs, toMs: window.toMs });
  return gaps;
}

/** How much of a gap lies outside of others, which may overlap; these are widened by a minute at both ends. */
export function outsideOf(gap: Span, others: readonly Span[]): number {
  let coveredToMs = gap.fromMs;
  let outsideMs = 0;
  for (const { fromMs, toMs } of others.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const from = Math.min(fromMs - 60_000, gap.toMs);
    if (from > coveredToMs) outsideMs += from - coveredToMs;
    coveredToMs = Math.max(coveredToMs, Math.min(toMs + 60_000, gap.toMs));
  }
  return outsideMs + Math.max(0, gap.toMs - coveredToMs);
}
