import { describe, expect, it } from 'vitest';
import { formatAgo, formatInstant, formatSpan, fromInputValue, toInputValue } from './format-time.ts';

const at = Date.UTC(2024, 2, 14, 9, 26);
const hourMs = 3_600_000;

describe('format-time', () => {
  it('says the zone', () => expect(formatInstant(at)).toBe('14 Mar 2024, 09:26 UTC'));

  it('says a day once, and the year only where it is another one', () => {
    expect(formatSpan(at - 6 * hourMs, at, at)).toBe('14 Mar, 03:26 – 09:26 UTC');
    expect(formatSpan(at - 12 * hourMs, at, at)).toBe('13 Mar, 21:26 – 14 Mar, 09:26 UTC');
    expect(formatSpan(at - 6 * hourMs, at, Date.UTC(2026, 0))).toBe('14 Mar 2024, 03:26 – 09:26 UTC');
  });

  it('counts back', () => {
    expect(formatAgo(at, at + 60_000)).toBe('just now');
    expect(formatAgo(at, at + 14.5 * 60_000)).toBe('14 min ago');
    expect(formatAgo(at, at + 47 * hourMs)).toBe('47 h ago');
    expect(formatAgo(at, at + 49 * hourMs)).toBe('2 days ago');
    expect(formatAgo(at, at + 100 * 24 * hourMs)).toBe('3 months ago');
    expect(formatAgo(at, at + 2295 * 24 * hourMs)).toBe('6 years ago');
  });

  it('goes through a date-time input and back', () => {
    expect(fromInputValue(toInputValue(at))).toBe(at);
    expect(fromInputValue('')).toBeNull();
  });
});
