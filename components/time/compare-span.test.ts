import { expect, it } from 'vitest';
import { baseSpanOf } from './compare-span.ts';

const hour = 3_600_000;
const window = { fromMs: 1000 * hour, toMs: 1006 * hour };

it('is the window before, the same window a day or a week ago, or the one that was chosen', () => {
  expect(baseSpanOf({ kind: 'previous' }, window)).toEqual({ fromMs: 994 * hour, toMs: 1000 * hour });
  expect(baseSpanOf({ kind: 'day' }, window)).toEqual({ fromMs: 976 * hour, toMs: 982 * hour });
  expect(baseSpanOf({ kind: 'week' }, window)).toEqual({ fromMs: 832 * hour, toMs: 838 * hour });
  expect(baseSpanOf({ kind: 'fixed', fromMs: 5, toMs: 9 }, window)).toEqual({ fromMs: 5, toMs: 9 });
});
