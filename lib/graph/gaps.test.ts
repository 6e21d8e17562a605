import { expect, it } from 'vitest';
import { gapsIn, outsideOf } from './gaps.ts';

const minute = 60_000;
const window = { fromMs: 0, toMs: 60 * minute };

it('finds the pauses longer than the tolerance, also at both ends', () => {
  expect(
    gapsIn(
      window,
      [15, 20, 40].map((m) => m * minute),
      10 * minute,
    ),
  ).toEqual([
    { fromMs: 0, toMs: 15 * minute },
    { fromMs: 21 * minute, toMs: 40 * minute },
    { fromMs: 41 * minute, toMs: 60 * minute },
  ]);
});

it('is the whole window where nothing was delivered, and nothing where the collector never paused', () => {
  expect(gapsIn(window, [], 10 * minute)).toEqual([window]);
  expect(
    gapsIn(
      window,
      [5, 10, 20, 30, 40, 50].map((m) => m * minute),
      10 * minute,
    ),
  ).toEqual([]);
});

it.each([
  [[], 30],
  [[[0, 60]], 0],
  [[[11, 39]], 0],
  [[[20, 30]], 18],
  [
    [
      [30, 50],
      [0, 20],
    ],
    8,
  ],
] as const)('tells how much of a gap from 10 to 40 lies outside of %o', (others, minutes) => {
  const spans = others.map(([from, to]) => ({ fromMs: from * minute, toMs: to * minute }));
  expect(outsideOf({ fromMs: 10 * minute, toMs: 40 * minute }, spans)).toBe(minutes * minute);
});
