import { expect, it } from 'vitest';
import { giveAhead, openedAt, takeAhead } from './answers-ahead.ts';

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

it('opens at the instant of the server, unless that is long ago or of a wrong clock', () => {
  const ahead = { askedAtMs: 100_000, answers: {} };
  expect(openedAt(ahead, 100_900)).toBe(100_000);
  expect(openedAt(ahead, 160_001)).toBe(160_001);
  expect(openedAt(ahead, 39_999)).toBe(39_999);
});
