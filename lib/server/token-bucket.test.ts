import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRateLimit } from './token-bucket.ts';

it('lets no caller have more than ten seconds’ worth and the rate, whatever it tries', () => {
  const tries = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(tries, fc.integer({ min: 1, max: 5 }), (pausesMs, requestsPerSecond) => {
      const limit = createRateLimit({ requestsPerSecond, bytesPerSecond: 1000 });
      let nowMs = 0;
      let taken = 0;
      for (const pauseMs of pausesMs) {
        nowMs += pauseMs;
        if (limit.take('a', nowMs) === 0) taken += 1;
      }
      expect(taken).toBeLessThanOrEqual(requestsPerSecond * (10 + nowMs / 1000));
    }),
  );
});

it('says when to come again, and is right', () => {
  const limit = createRateLimit({ requestsPerSecond: 100, bytesPerSecond: 1000 });
  expect(limit.take('a', 0)).toBe(0);
  limit.charge('a', 13_500, 0);
  expect(limit.take('a', 0)).toBe(4);
  expect(limit.take('a', 3_000)).toBe(1);
  expect(limit.take('a', 4_000)).toBe(0);
  expect(limit.take('b', 0)).toBe(0);
});
