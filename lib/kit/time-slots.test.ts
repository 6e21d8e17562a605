import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planSlots, slotStarts } from './time-slots.ts';
import { dayMs, hourMs, minuteMs } from './window.ts';

const at = Date.UTC(2026, 10, 20, 9, 26);
const last = (ms: number) => ({ fromMs: at - ms, toMs: at });

describe('planSlots', () => {
  it.each([
    [15 * minuteMs, minuteMs, '1m'],
    [2 * hourMs, minuteMs, '1m'],
    [6 * hourMs, 5 * minuteMs, '1m'],
    [dayMs, 10 * minuteMs, '1m'],
    [4 * dayMs, hourMs, '1h'],
    [30 * dayMs, 6 * hourMs, '1h'],
    [120 * dayMs, dayMs, '1d'],
    [1000 * dayMs, 7 * dayMs, '1d'],
  ] as const)('cuts %d ms into slots of %d ms, from %s', (length, stepMs, grain) => {
    expect(planSlots(last(length), '1m')).toMatchObject({ stepMs, grain });
  });

  it('is never finer than what is kept', () => {
    expect(planSlots(last(15 * minuteMs), '1h')).toEqual({
      answered: { fromMs: Date.UTC(2026, 10, 20, 9), toMs: Date.UTC(2026, 10, 20, 10) },
      stepMs: hourMs,
      grain: '1h',
    });
    expect(planSlots(last(hourMs), '1d').stepMs).toBe(dayMs);
  });

  it('covers every window with few slots, each at a multiple of its length', () => {
    const anySpan = fc
      .tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 4e11 }))
      .map(([fromMs, lengthMs]) => ({ fromMs, toMs: fromMs + lengthMs }));
    fc.assert(
      fc.property(anySpan, fc.constantFrom('1m', '1h', '1d'), (span, finest) => {
        const slots = planSlots(span, finest);
        const starts = slotStarts(slots);
        expect(starts.length).toBeLessThanOrEqual(145);
        expect(starts.every((start) => start % slots.stepMs === 0)).toBe(true);
        expect(starts[0]).toBeLessThanOrEqual(span.fromMs);
        expect(span.fromMs - (starts[0] ?? 0)).toBeLessThan(slots.stepMs);
        expect((starts.at(-1) ?? 0) + slots.stepMs).toBe(slots.answered.toMs);
        expect(slots.answered.toMs).toBeGreaterThanOrEqual(span.toMs);
      }),
    );
  });
});
