import { dayMs, floorTo, type Grain, hourMs, minuteMs, type Span } from './window.ts';

/** A window cut into slots of one length, which lie at the same instants whatever window is asked for. */
export type Slots = {
  readonly answered: Span;
  readonly stepMs: number;
  /** The coarsest rollup whose buckets fit whole into a slot. */
  readonly grain: Grain;
};

/** As many as a wide screen shows apart. */
const mostSlots = 144;

const minuteSteps = [1, 2, 5, 10, 15, 30].map((count) => count * minuteMs);
const hourSteps = [1, 2, 3, 6, 12].map((count) => count * hourMs);

/**
 * Cuts a window into at most 145 slots that cover it. `finest` is the finest grain that is kept of the whole
 * of it; slots are never shorter.
 */
export function planSlots({ fromMs, toMs }: Span, finest: Grain): Slots {
  const least = Math.max((toMs - fromMs) / mostSlots, { '1m': minuteMs, '1h': hourMs, '1d': dayMs }[finest]);
  const stepMs =
    [...minuteSteps, ...hourSteps].find((step) => step >= least) ?? Math.ceil(least / dayMs) * dayMs;
  const answered = { fromMs: floorTo(fromMs, stepMs), toMs: floorTo(toMs + stepMs - 1, stepMs) };
  return { answered, stepMs, grain: grainOf(stepMs) };
}

function grainOf(stepMs: number): Grain {
  if (stepMs % dayMs === 0) return '1d';
  return stepMs % hourMs === 0 ? '1h' : '1m';
}

/** The starts of the slots, in order. */
export function slotStarts({ answered, stepMs }: Slots): readonly number[] {
  const count = (answered.toMs - answered.fromMs) / stepMs;
  return Array.from({ length: count }, (_, index) => answered.fromMs + index * stepMs);
}
