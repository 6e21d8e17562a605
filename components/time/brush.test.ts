import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dragged, type Grip, keyed, movedTo } from './brush.ts';

const stepMs = 5;
const ground = { extent: { fromMs: 100, toMs: 200 }, stepMs };
const window = { fromMs: 140, toMs: 160 };

describe('dragged', () => {
  it.each([
    ['start', 140, 122, { fromMs: 120, toMs: 160 }],
    ['start', 140, 190, { fromMs: 155, toMs: 160 }],
    ['end', 160, 183, { fromMs: 140, toMs: 185 }],
    ['end', 160, 100, { fromMs: 140, toMs: 145 }],
    ['whole', 150, 161, { fromMs: 150, toMs: 170 }],
    ['whole', 150, 500, { fromMs: 180, toMs: 200 }],
    ['new', 112, 123, { fromMs: 110, toMs: 125 }],
    ['new', 123, 112, { fromMs: 110, toMs: 125 }],
  ] as const)('by its %s from %d to %d', (grip, from, to, expected) => {
    expect(dragged(grip, window, from, to, ground)).toEqual(expected);
  });

  it('never leaves the timeline, never ends before it starts, and keeps the length of what is moved', () => {
    const instant = fc.integer({ min: -50, max: 350 });
    const windows = fc
      .tuple(fc.integer({ min: 0, max: 18 }), fc.integer({ min: 1, max: 20 }))
      .map(([start, length]) => ({
        fromMs: 100 + start * stepMs,
        toMs: Math.min(200, 100 + (start + length) * stepMs),
      }));
    const grips = fc.constantFrom<Grip>('start', 'end', 'whole', 'new');
    fc.assert(
      fc.property(grips, windows, instant, instant, (grip, before, from, to) => {
        const after = dragged(grip, before, from, to, ground);
        expect(after.toMs - after.fromMs).toBeGreaterThanOrEqual(stepMs);
        expect(after.fromMs).toBeGreaterThanOrEqual(100);
        expect(after.toMs).toBeLessThanOrEqual(200);
        if (grip === 'whole') expect(after.toMs - after.fromMs).toBe(before.toMs - before.fromMs);
      }),
    );
  });
});

describe('keyed', () => {
  it('moves an end by a slot, or as far as it goes, and leaves other keys alone', () => {
    expect(keyed('start', 'ArrowLeft', window, ground)).toEqual({ fromMs: 135, toMs: 160 });
    expect(keyed('end', 'PageUp', window, ground)).toEqual({ fromMs: 140, toMs: 190 });
    expect(keyed('whole', 'End', window, ground)).toEqual({ fromMs: 180, toMs: 200 });
    expect(keyed('end', 'Home', window, ground)).toEqual({ fromMs: 140, toMs: 145 });
    expect(keyed('whole', 'a', window, ground)).toBeNull();
  });
});

describe('movedTo', () => {
  it('brings the middle of the window to a click, as far as there is room', () => {
    expect(movedTo(window, 120, ground)).toEqual({ fromMs: 110, toMs: 130 });
    expect(movedTo(window, 199, ground)).toEqual({ fromMs: 180, toMs: 200 });
  });
});
