import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { frameIndex, frameSpan, framesOf } from './replay-frames.ts';

const hourMs = 3_600_000;
const at = Date.UTC(2026, 2, 14, 3);

describe('frames', () => {
  it('cut six hours into ten minutes each', () => {
    const frames = framesOf({ fromMs: at, toMs: at + 6 * hourMs });
    expect(frames).toEqual({ startMs: at, lengthMs: 600_000, count: 36 });
    expect(frameSpan(frames, 1)).toEqual({ fromMs: at + 600_000, toMs: at + 1_200_000 });
  });

  it('cover every window without a hole, and know where an instant lies', () => {
    const anySpan = fc
      .tuple(fc.nat(4e12), fc.integer({ min: 60_000, max: 4e11 }))
      .map(([fromMs, lengthMs]) => ({ fromMs, toMs: fromMs + lengthMs }));
    fc.assert(
      fc.property(anySpan, fc.double({ min: 0, max: 0.999, noNaN: true }), (span, part) => {
        const frames = framesOf(span);
        expect(frames.count).toBeLessThanOrEqual(61);
        expect(frameSpan(frames, 0).fromMs).toBeLessThanOrEqual(span.fromMs);
        expect(frameSpan(frames, frames.count - 1).toMs).toBeGreaterThanOrEqual(span.toMs);
        const instant = span.fromMs + part * (span.toMs - span.fromMs);
        const { fromMs, toMs } = frameSpan(frames, frameIndex(frames, instant));
        expect(fromMs <= instant && instant < toMs).toBe(true);
      }),
    );
    const frames = framesOf({ fromMs: at, toMs: at + hourMs });
    expect([frameIndex(frames, 0), frameIndex(frames, at + 9 * hourMs)]).toEqual([0, frames.count - 1]);
  });
});
