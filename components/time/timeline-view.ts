import { formatSpan } from '#components/ui/format-time.ts';
import type { TimelineDocument } from '#lib/contracts/timeline.ts';
import { plural } from '#lib/kit/format-number.ts';
import type { SpanMs } from './span-of.ts';

/** One slot as it is drawn and read out. */
export type SlotView = SpanMs & {
  readonly allowed: number;
  readonly denied: number;
  readonly dropped: number;
  readonly lostEvents: number;
};

export type GapView = SpanMs & {
  readonly cluster: string;
  readonly kind: string;
  /** null: the whole source paused. */
  readonly node: string | null;
};

export type TimelineView = {
  readonly extent: SpanMs;
  readonly stepMs: number;
  readonly slots: readonly SlotView[];
  /** The most flows in one slot. */
  readonly most: number;
  readonly gaps: readonly GapView[];
  readonly totals: Pick<SlotView, 'allowed' | 'denied' | 'dropped' | 'lostEvents'>;
};

/** The wire's document → what the strip draws. */
export function toTimelineView({ window, slotSeconds, slots, completeness }: TimelineDocument): TimelineView {
  const stepMs = slotSeconds * 1000;
  const views = slots.map(({ from, allowed, denied, dropped, lostEvents }) => ({
    fromMs: Date.parse(from),
    toMs: Date.parse(from) + stepMs,
    allowed: allowed.flows,
    denied: denied.flows,
    dropped: dropped.flows,
    lostEvents,
  }));
  const total = (field: keyof TimelineView['totals']): number =>
    views.reduce((sum, slot) => sum + slot[field], 0);
  return {
    extent: { fromMs: Date.parse(window.answered.from), toMs: Date.parse(window.answered.to) },
    stepMs,
    slots: views,
    most: views.reduce((most, slot) => Math.max(most, flowsOf(slot)), 0),
    gaps: completeness.gaps.map(({ from, to, ...source }) => ({
      ...source,
      fromMs: Date.parse(from),
      toMs: Date.parse(to),
    })),
    totals: {
      allowed: total('allowed'),
      denied: total('denied'),
      dropped: total('dropped'),
      lostEvents: total('lostEvents'),
    },
  };
}

/** The picture in words. */
export function summaryOf({ extent, totals, gaps }: TimelineView, nowMs: number): string {
  const { allowed, denied, dropped, lostEvents } = totals;
  return [
    `${formatSpan(extent.fromMs, extent.toMs, nowMs)}: ${plural(allowed, 'flow')} allowed`,
    `${plural(denied, 'flow')} denied`,
    `${plural(dropped, 'flow')} dropped`,
    ...(gaps.length > 0 ? [plural(gaps.length, 'gap')] : []),
    ...(lostEvents > 0 ? [`${plural(lostEvents, 'event')} lost`] : []),
  ].join(', ');
}

export function flowsOf({ allowed, denied, dropped }: SlotView): number {
  return allowed + denied + dropped;
}

/** Where an instant lies between the ends of a stretch, 0 to 1. */
export function partOf(atMs: number, { fromMs, toMs }: SpanMs): number {
  return Math.min(1, Math.max(0, (atMs - fromMs) / (toMs - fromMs)));
}

export type BarPart = {
  readonly verdict: 'allowed' | 'denied' | 'dropped';
  readonly y: number;
  readonly height: number;
};

/** However few they are among how many: a denial is seen. */
const leastHeight = { allowed: 1, denied: 3, dropped: 2.5 } as const;

/** The parts of a bar that stands on `height`, from below: allowed, dropped, denied. */
export function barOf(slot: SlotView, most: number, height: number): readonly BarPart[] {
  const parts = (['allowed', 'dropped', 'denied'] as const)
    .filter((verdict) => slot[verdict] > 0)
    .map((verdict) => ({
      verdict,
      height: Math.max(leastHeight[verdict], (slot[verdict] / Math.max(1, most)) * height),
    }));
  // The least heights may stand out at the top: what is allowed gives way.
  const over = Math.max(0, parts.reduce((sum, part) => sum + part.height, 0) - height);
  let top = height;
  return parts.map((part) => {
    const own = part.verdict === 'allowed' ? Math.max(0, part.height - over) : part.height;
    top -= own;
    return { verdict: part.verdict, y: top, height: own };
  });
}

/** Instants worth a label: at most `most`, at round times. */
export function ticksOf({ fromMs, toMs }: SpanMs, most: number): readonly number[] {
  const stepMs = tickSteps.find((step) => (toMs - fromMs) / step <= most) ?? 100 * dayMs;
  const first = Math.ceil(fromMs / stepMs) * stepMs;
  const count = Math.max(0, Math.floor((toMs - first) / stepMs) + 1);
  return Array.from({ length: count }, (_, index) => first + index * stepMs);
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const tickSteps = [
  ...[5, 10, 15, 30].map((count) => count * minuteMs),
  ...[1, 2, 3, 6, 12].map((count) => count * hourMs),
  ...[1, 2, 5, 10, 20, 50].map((count) => count * dayMs),
];
