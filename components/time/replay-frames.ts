import type { SpanMs } from './span-of.ts';

/** A window that is played, cut into frames of one length that begin at round times. */

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

const lengthsMs = [
  ...[1, 2, 5, 10, 15, 30].map((count) => count * minuteMs),
  ...[1, 2, 3, 6, 12].map((count) => count * hourMs),
];

/** As many as somebody watches to the end. */
const mostFrames = 60;

export type Frames = { readonly startMs: number; readonly lengthMs: number; readonly count: number };

export function framesOf({ fromMs, toMs }: SpanMs): Frames {
  const least = (toMs - fromMs) / mostFrames;
  const lengthMs = lengthsMs.find((length) => length >= least) ?? Math.ceil(least / dayMs) * dayMs;
  const startMs = Math.floor(fromMs / lengthMs) * lengthMs;
  return { startMs, lengthMs, count: Math.max(1, Math.ceil((toMs - startMs) / lengthMs)) };
}

/** Which frame an instant lies in; the first and the last stand for what lies outside. */
export function frameIndex({ startMs, lengthMs, count }: Frames, atMs: number): number {
  return Math.min(count - 1, Math.max(0, Math.floor((atMs - startMs) / lengthMs)));
}

export function frameSpan({ startMs, lengthMs }: Frames, index: number): SpanMs {
  return { fromMs: startMs + index * lengthMs, toMs: startMs + (index + 1) * lengthMs };
}

/** How long a frame stays at a speed. */
export function frameTimeMs(speed: number): number {
  return 1_600 / speed;
}
