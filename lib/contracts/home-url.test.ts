import fc from 'fast-check';
import { expect, it } from 'vitest';
import { buildHomeQuery, type HomeState, parseHomeState } from './home-url.ts';
import { presets } from './url-state.ts';

const minuteMs = 60_000;
const range = fc.oneof(
  fc.constantFrom(...presets).map((preset) => ({ kind: 'preset', preset }) as const),
  fc
    .tuple(fc.integer({ min: 1, max: 30_000_000 }), fc.integer({ min: 1, max: 10_000 }))
    .map(([from, length]) => ({
      kind: 'fixed' as const,
      fromMs: from * minuteMs,
      toMs: (from + length) * minuteMs,
    })),
);
const states: fc.Arbitrary<HomeState> = fc.record({
  cluster: fc.option(fc.string({ minLength: 1 })),
  range,
});

it('reads what it writes', () => {
  fc.assert(
    fc.property(states, (state) => {
      expect(parseHomeState(new URLSearchParams(buildHomeQuery(state)))).toEqual(state);
    }),
  );
});

it('writes nothing of what is so anyway', () => {
  expect(buildHomeQuery(parseHomeState(new URLSearchParams()))).toBe('');
});
