import { expect, it } from 'vitest';
import { gapsIn } from './gaps.ts';

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
