import type { Preset, TimeRange } from '#lib/contracts/url-state.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

const lengthsMs: Readonly<Record<Preset, number>> = {
  '15m': 15 * minuteMs,
  '1h': hourMs,
  '6h': 6 * hourMs,
  '24h': 24 * hourMs,
  '7d': 7 * 24 * hourMs,
  '30d': 30 * 24 * hourMs,
};

/** The preset in words. */
export const presetNames: Readonly<Record<Preset, string>> = {
  '15m': 'Last 15 minutes',
  '1h': 'Last hour',
  '6h': 'Last 6 hours',
  '24h': 'Last 24 hours',
  '7d': 'Last 7 days',
  '30d': 'Last 30 days',
};

export type SpanMs = { readonly fromMs: number; readonly toMs: number };

/** The stretch a range stands for; a moving one ends with the minute of `nowMs`. */
export function spanOf(range: TimeRange, nowMs: number): SpanMs {
  if (range.kind === 'fixed') return { fromMs: range.fromMs, toMs: range.toMs };
  const toMs = Math.ceil(nowMs / minuteMs) * minuteMs;
  return { fromMs: toMs - lengthsMs[range.preset], toMs };
}

/** A window as long as this one that ends just after the newest flow, so that it is inside. */
export function spanEndingAt(lastFlowAtMs: number, like: SpanMs): SpanMs {
  const toMs = (Math.floor(lastFlowAtMs / minuteMs) + 1) * minuteMs;
  return { fromMs: toMs - (like.toMs - like.fromMs), toMs };
}
