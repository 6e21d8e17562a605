import { expect, test } from 'vitest';
import { parseSpan } from '#lib/generate/parse-span.ts';

test.each([
  ['90s', 90_000],
  ['24h', 86_400_000],
  ['7d', 604_800_000],
  ['24', null],
  ['h', null],
  ['-1h', null],
  ['1.5h', null],
])('the span %s', (text, expected) => {
  expect(parseSpan(text)).toBe(expected);
});
