import { describe, expect, it } from 'vitest';
import { formatBytes, formatCount, formatExact, plural } from './format-number.ts';

describe('formatCount', () => {
  it.each([
    [0, '0'],
    [7, '7'],
    [999, '999'],
    [1000, '1k'],
    [1049, '1k'],
    [1050, '1.1k'],
    [18_234, '18.2k'],
    [99_949, '99.9k'],
    [99_950, '100k'],
    [204_118, '204k'],
    [999_499, '999k'],
    [999_500, '1M'],
    [1_250_000_000, '1.3G'],
  ])('writes %d as %s', (count, text) => {
    expect(formatCount(count)).toBe(text);
  });

  it('never needs more than three digits before the unit', () => {
    for (let exponent = 0; exponent < 15; exponent += 0.01) {
      expect(formatCount(Math.round(10 ** exponent))).toMatch(/^\d{1,3}(\.\d)?[kMGTP]?$/);
    }
  });
});

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [512, '512 B'],
    [4_123_456_789, '4.1 GB'],
    [999_999_999, '1 GB'],
  ])('writes %d as %s', (bytes, text) => {
    expect(formatBytes(bytes)).toBe(text);
  });
});

describe('exact numbers', () => {
  it('groups thousands', () => expect(formatExact(1_234_567)).toBe('1,234,567'));
  it('counts one and many', () => {
    expect(plural(1, 'edge')).toBe('1 edge');
    expect(plural(2000, 'edge')).toBe('2,000 edges');
    expect(plural(2, 'policy', 'policies')).toBe('2 policies');
  });
});
