import { describe, expect, it } from 'vitest';
import { barOf, partOf, type SlotView, ticksOf } from './timeline-view.ts';

const slot = (allowed: number, denied: number, dropped: number): SlotView => ({
  fromMs: 0,
  toMs: 60_000,
  allowed,
  denied,
  dropped,
  lostEvents: 0,
});

describe('barOf', () => {
  it('stands allowed on the ground, dropped and denied above, to scale', () => {
    expect(barOf(slot(50, 25, 25), 200, 40)).toEqual([
      { verdict: 'allowed', y: 30, height: 10 },
      { verdict: 'dropped', y: 25, height: 5 },
      { verdict: 'denied', y: 20, height: 5 },
    ]);
  });

  it('shows one denial among a million, within the height', () => {
    const parts = barOf(slot(999_999, 1, 0), 1_000_000, 40);
    expect(parts.at(-1)).toEqual({ verdict: 'denied', y: 0, height: 3 });
    expect(parts.reduce((sum, { height }) => sum + height, 0)).toBe(40);
  });

  it('draws nothing where there was nothing', () => {
    expect(barOf(slot(0, 0, 0), 10, 40)).toEqual([]);
  });
});

it('finds ticks at round times, few enough to read', () => {
  const day = Date.UTC(2026, 2, 14);
  const span = { fromMs: day + 26 * 60_000, toMs: day + 24 * 3_600_000 + 26 * 60_000 };
  const ticks = ticksOf(span, 9).map((at) => new Date(at).toISOString().slice(11, 16));
  expect(ticks).toEqual(['03:00', '06:00', '09:00', '12:00', '15:00', '18:00', '21:00', '00:00']);
});

it('knows where an instant lies, and never outside', () => {
  const span = { fromMs: 100, toMs: 200 };
  expect([partOf(150, span), partOf(90, span), partOf(300, span)]).toEqual([0.5, 0, 1]);
});
