import type { SpanMs } from './span-of.ts';

/** How long the timeline may be: each fits some windows well, and the next one is a step of the zoom. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const extentLengthsMs = [
  30 * minuteMs,
  2 * hourMs,
  6 * hourMs,
  dayMs,
  4 * dayMs,
  30 * dayMs,
  120 * dayMs,
  400 * dayMs,
] as const;

type Circumstances = {
  /** True for a window that moves with the clock: then it stands at the right end. */
  readonly isMoving: boolean;
  readonly nowMs: number;
};

/**
 * What the timeline shows around a window. It stays as it is for as long as the window lies well within, so
 * that choosing a window does not move the ground below it.
 */
export function nextExtent(held: SpanMs | null, window: SpanMs, at: Circumstances): SpanMs {
  if (held === null || !isReadable(window, held)) return extentOf(window, fittingLength(window), at);
  const isInside = window.fromMs >= held.fromMs && window.toMs <= held.toMs;
  const isAtItsEnd = !at.isMoving || window.toMs === held.toMs;
  return isInside && isAtItsEnd ? held : extentOf(window, lengthOf(held), at);
}

/** The next longer or shorter timeline around a window; null where there is none. */
export function zoomedExtent(
  held: SpanMs,
  window: SpanMs,
  to: 'in' | 'out',
  at: Circumstances,
): SpanMs | null {
  const lengths = to === 'out' ? extentLengthsMs : extentLengthsMs.toReversed();
  const next = lengths.find((length) =>
    to === 'out'
      ? length > lengthOf(held)
      : length < lengthOf(held) && isReadable(window, { fromMs: 0, toMs: length }),
  );
  return next === undefined ? null : extentOf(window, next, at);
}

function lengthOf({ fromMs, toMs }: SpanMs): number {
  return toMs - fromMs;
}

/** Neither so narrow that its ends cannot be taken hold of, nor all there is. */
function isReadable(window: SpanMs, extent: SpanMs): boolean {
  const part = lengthOf(window) / lengthOf(extent);
  return part > 1 / 72 && part <= 0.95;
}

function fittingLength(window: SpanMs): number {
  const wanted = 3.5 * lengthOf(window);
  return extentLengthsMs.find((length) => length >= wanted) ?? Math.ceil(wanted / dayMs) * dayMs;
}

/** Around the middle of the window, and never further than now unless the window is. */
function extentOf(window: SpanMs, lengthMs: number, { isMoving, nowMs }: Circumstances): SpanMs {
  const latest = Math.max(window.toMs, Math.ceil(nowMs / minuteMs) * minuteMs);
  const centred = Math.ceil((window.fromMs + window.toMs + lengthMs) / 2 / minuteMs) * minuteMs;
  const toMs = isMoving ? window.toMs : Math.min(latest, centred);
  return { fromMs: toMs - lengthMs, toMs };
}
