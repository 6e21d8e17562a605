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
