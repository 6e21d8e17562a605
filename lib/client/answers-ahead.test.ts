import { expect, it } from 'vitest';
import { giveAhead, takeAhead } from './answers-ahead.ts';

it('gives an answer out once, and no other', () => {
  giveAhead({ askedAtMs: 1_000, answers: { '/a?x=1': '{"n":1}', '/b': '{}' } });
  expect(takeAhead('/a', 1_000)).toBeNull();
  expect(takeAhead('/a?x=1', 1_500)).toBe('{"n":1}');
  expect(takeAhead('/a?x=1', 1_500)).toBeNull();
  expect(takeAhead('/b', 1_500)).toBe('{}');
});

it('gives out nothing that is old, nor what a clock that is wrong calls so', () => {
  giveAhead({ askedAtMs: 100_000, answers: { '/a': '{}', '/b': '{}' } });
  expect(takeAhead('/a', 160_001)).toBeNull();
  expect(takeAhead('/b', 100_001)).toBeNull();
  giveAhead({ askedAtMs: 100_000, answers: { '/a': '{}' } });
  expect(takeAhead('/a', 39_999)).toBeNull();
});
