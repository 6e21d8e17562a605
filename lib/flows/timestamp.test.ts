import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseTimestamp } from './timestamp.ts';

describe('parseTimestamp', () => {
  it.each([
    ['1970-01-01T00:00:00Z', 0],
    ['2026-05-01T10:00:00.000000001Z', Date.UTC(2026, 4, 1, 10)],
    ['2026-05-01T10:00:00.9999Z', Date.UTC(2026, 4, 1, 10, 0, 0, 999)],
    ['2024-02-29T23:59:59.5Z', Date.UTC(2024, 1, 29, 23, 59, 59, 500)],
    ['2026-05-01T12:30:00+02:30', Date.UTC(2026, 4, 1, 10)],
    ['2026-05-01T05:00:00-05:00', Date.UTC(2026, 4, 1, 10)],
    ['2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
  ])('reads %s', (text, expected) => {
    expect(parseTimestamp(text)).toBe(expected);
  });

  it.each([
    '',
    '2026-05-01',
    '2026-05-01T10:00:00',
    '2026-13-01T10:00:00Z',
    '2025-02-29T10:00:00Z',
    '2026-05-01T24:00:00Z',
    '2026-05-01T10:00:00.Z',
    '2026-05-01T10:00:00ZZ',
    '2026-05-01T10:00:00+0200',
    'xxxx-xx-xxTxx:xx:xxZ',
  ])('refuses %j', (text) => {
    expect(parseTimestamp(text)).toBeNull();
  });

  it('agrees with Date for every instant of four centuries', () => {
    const instants = fc.date({
      min: new Date('1800-01-01T00:00:00Z'),
      max: new Date('2200-01-01T00:00:00Z'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(instants, (instant) => parseTimestamp(instant.toISOString()) === instant.getTime()),
    );
  });
});
