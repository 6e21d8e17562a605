import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextExtent, zoomedExtent } from './extent.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const nowMs = Date.UTC(2026, 2, 14, 9, 26);
const last = (ms: number) => ({ fromMs: nowMs - ms, toMs: nowMs });
const moving = { isMoving: true, nowMs };
const fixed = { isMoving: false, nowMs };

describe('nextExtent', () => {
  it('shows a moving window at the right end of several of its lengths', () => {
    expect(nextExtent(null, last(6 * hourMs), moving)).toEqual(last(24 * hourMs));
    expect(nextExtent(null, last(15 * minuteMs), moving)).toEqual(last(2 * hourMs));
  });

  it('follows the clock and keeps its length', () => {
    const held = nextExtent(null, last(hourMs), moving);
    const later = { fromMs: nowMs - 59 * minuteMs, toMs: nowMs + minuteMs };
    const next = nextExtent(held, later, moving);
    expect([next.toMs, next.toMs - next.fromMs]).toEqual([nowMs + minuteMs, 6 * hourMs]);
  });

  it('stays where it is while a window is chosen within it', () => {
    const held = last(24 * hourMs);
    const chosen = { fromMs: nowMs - 9 * hourMs, toMs: nowMs - 8 * hourMs };
    expect(nextExtent(held, chosen, fixed)).toBe(held);
  });

  it('moves to a window that lies outside, and shows what comes after it', () => {
    const old = { fromMs: nowMs - 500 * hourMs, toMs: nowMs - 499 * hourMs };
    const { fromMs, toMs } = nextExtent(last(24 * hourMs), old, fixed);
    expect(toMs - fromMs).toBe(24 * hourMs);
    expect([old.fromMs - fromMs > hourMs, toMs - old.toMs > hourMs]).toEqual([true, true]);
  });

  it('always shows the whole window, wide enough to take hold of, and settles at once', () => {
    const anyWindow = fc
      .tuple(fc.integer({ min: 0, max: 5e8 }), fc.integer({ min: 1, max: 700_000 }))
      .map(([ago, minutes]) => ({ fromMs: nowMs - ago - minutes * minuteMs, toMs: nowMs - ago }));
    fc.assert(
      fc.property(anyWindow, anyWindow, fc.boolean(), (before, window, isMoving) => {
        const at = { isMoving, nowMs };
        const held = nextExtent(null, before, at);
        const extent = nextExtent(held, window, at);
        expect(extent.fromMs).toBeLessThanOrEqual(window.fromMs);
        expect(extent.toMs).toBeGreaterThanOrEqual(window.toMs);
        expect(extent.toMs).toBeLessThanOrEqual(Math.max(nowMs, window.toMs, held.toMs));
        const tooNarrow = window.toMs - window.fromMs < (30 * minuteMs) / 72;
        if (!tooNarrow) expect(nextExtent(extent, window, at)).toEqual(extent);
      }),
    );
  });
});

describe('zoomedExtent', () => {
  it('goes out and in by steps, and stops where the window would no longer be readable', () => {
    const window = last(hourMs);
    const out = zoomedExtent(last(6 * hourMs), window, 'out', fixed);
    expect(out).toEqual(last(24 * hourMs));
    expect(zoomedExtent(last(24 * hourMs), window, 'in', fixed)).toEqual(last(6 * hourMs));
    expect(zoomedExtent(last(2 * hourMs), window, 'in', fixed)).toBeNull();
  });
});
