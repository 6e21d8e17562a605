import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayMs, hourMs, minuteMs, parseInstant, planWindow } from './window.ts';

const now = Date.parse('2026-11-23T10:30:30Z');

describe('parseInstant', () => {
  it.each([
    ['now', '2026-11-23T10:30:30.000Z'],
    ['-6h', '2026-11-23T04:30:30.000Z'],
    ['-7d', '2026-11-16T10:30:30.000Z'],
    ['+15m', '2026-11-23T10:45:30.000Z'],
    ['2026-11-23', '2026-11-23T00:00:00.000Z'],
    ['2026-11-23T10:00Z', '2026-11-23T10:00:00.000Z'],
    ['2026-11-23T10:00:00.5+02:00', '2026-11-23T08:00:00.500Z'],
  ])('reads %s', (text, expected) => {
    const instant = parseInstant(text, now);
    expect(instant.ok && new Date(instant.value).toISOString()).toBe(expected);
  });

  it.each([
    '',
    'yesterday',
    '6h',
    '-6',
    '2026-11-23T10:00:00',
    '2026-13-40',
    '1637000000',
    '2026-11-23 10:00',
  ])('refuses "%s" and says what to write', (text) => {
    const instant = parseInstant(text, now);
    expect(instant.ok ? '' : instant.error).toContain('write 2026-11-23T10:00:00Z');
  });
});

describe('planWindow', () => {
  it('takes days and hours whole and minutes only at the ends', () => {
    const plan = planWindow({
      fromMs: Date.parse('2026-11-20T22:58:10Z'),
      toMs: Date.parse('2026-11-23T01:01:30Z'),
    });
    expect(plan.pieces.map((p) => [new Date(p.fromMs).toISOString().slice(5, 16), p.grain])).toEqual([
      ['11-20T22:58', '1m'],
      ['11-20T23:00', '1h'],
      ['11-21T00:00', '1d'],
      ['11-23T00:00', '1h'],
      ['11-23T01:00', '1m'],
    ]);
  });

  it('tiles the answered window with aligned pieces, for any window', () => {
    const instant = fc.integer({ min: 0, max: 2_000_000_000_000 });
    fc.assert(
      fc.property(instant, fc.integer({ min: 1, max: 40 * dayMs }), (fromMs, lengthMs) => {
        const { answered, pieces } = planWindow({ fromMs, toMs: fromMs + lengthMs });
        let at = answered.fromMs;
        for (const piece of pieces) {
          const step = { '1m': minuteMs, '1h': hourMs, '1d': dayMs }[piece.grain];
          expect(piece.fromMs).toBe(at);
          expect([piece.fromMs % step, piece.toMs % step]).toEqual([0, 0]);
          at = piece.toMs;
        }
        expect(at).toBe(answered.toMs);
        expect(pieces.length).toBeLessThanOrEqual(5);
      }),
    );
  });
});
