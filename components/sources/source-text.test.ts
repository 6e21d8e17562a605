import { expect, it } from 'vitest';
import { durationText, rateText } from './source-text.ts';

it.each([
  [-4, '0 s'],
  [4_400, '4 s'],
  [59_999, '60 s'],
  [61_000, '1 min'],
  [3_600_000 * 3.9, '3 h'],
  [86_400_000 * 3, '3 days'],
])('%i ms are %s', (ms, text) => {
  expect(durationText(ms)).toBe(text);
});

it.each([
  [0, '0'],
  [0.004, '< 0.01'],
  [0.25, '0.25'],
  [0.5, '0.5'],
  [3, '3'],
  [3.44, '3.4'],
  [18.2, '18'],
  [1234, '1.2k'],
])('%d records a second are %s', (rate, text) => {
  expect(rateText(rate)).toBe(text);
});
