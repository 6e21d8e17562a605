import type { SpanMs } from './span-of.ts';

/** What a hand or a key does to the window on the timeline; times in, times out. */

/** A part of the window that is taken hold of; `new` draws another one. */
export type Grip = 'start' | 'end' | 'whole' | 'new';

export type Ground = {
  readonly extent: SpanMs;
  /** Windows begin and end at multiples of this. */
  readonly stepMs: number;
};

/** The window while a grip is dragged from one instant to another. */
export function dragged(grip: Grip, window: SpanMs, fromMs: number, toMs: number, ground: Ground): SpanMs {
  const { extent, stepMs } = ground;
  const within = (ms: number): number => Math.min(extent.toMs, Math.max(extent.fromMs, ms));
  const snap = (ms: number): number => within(Math.round(ms / stepMs) * stepMs);
  switch (grip) {
    case 'start':
      return { ...window, fromMs: Math.min(snap(toMs), Math.max(extent.fromMs, window.toMs - stepMs)) };
    case 'end':
      return { ...window, toMs: Math.max(snap(toMs), Math.min(extent.toMs, window.fromMs + stepMs)) };
    case 'whole':
      return moved(window, toMs - fromMs, ground);
    case 'new': {
      const first = within(Math.floor(Math.min(fromMs, toMs) / stepMs) * stepMs);
      const last = within(Math.ceil(Math.max(fromMs, toMs) / stepMs) * stepMs);
      if (last > first) return { fromMs: first, toMs: last };
      const start = Math.max(extent.fromMs, first - stepMs);
      return { fromMs: start, toMs: start + stepMs };
    }
  }
}

/** The same window by so much later or earlier, as far as there is room. */
function moved(window: SpanMs, byMs: number, { extent, stepMs }: Ground): SpanMs {
  const lengthMs = window.toMs - window.fromMs;
  const wanted = Math.round((window.fromMs + byMs) / stepMs) * stepMs;
  const fromMs = Math.min(extent.toMs - lengthMs, Math.max(extent.fromMs, wanted));
  return { fromMs, toMs: fromMs + lengthMs };
}

/** As long as it was, with its middle where the click was. */
export function movedTo(window: SpanMs, atMs: number, ground: Ground): SpanMs {
  return moved(window, atMs - (window.fromMs + window.toMs) / 2, ground);
}

const keySteps: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -6,
  PageUp: 6,
  Home: Number.NEGATIVE_INFINITY,
  End: Number.POSITIVE_INFINITY,
};

/** What a key does to a grip; null for every other key. */
export function keyed(
  grip: Exclude<Grip, 'new'>,
  key: string,
  window: SpanMs,
  ground: Ground,
): SpanMs | null {
  const steps = keySteps[key];
  if (steps === undefined) return null;
  const at = grip === 'end' ? window.toMs : window.fromMs;
  const { extent, stepMs } = ground;
  const toMs = Math.min(extent.toMs, Math.max(extent.fromMs, at + steps * stepMs));
  return dragged(grip, window, at, toMs, ground);
}
