import fc from 'fast-check';
import { expect, it } from 'vitest';
import { latencyBoundsUs, latencyOf, latencyStep, longestLatencyUs } from './latency.ts';

it('has steps from 10 µs to 100 s, none more than half as wide again as it is far', () => {
  expect(latencyBoundsUs.length).toBe(43);
  expect([latencyBoundsUs[0], latencyBoundsUs.at(-1)]).toEqual([10, 100_000_000]);
  for (const [at, bound] of latencyBoundsUs.slice(1).entries())
    expect(bound / (latencyBoundsUs[at] ?? 0)).toBeLessThanOrEqual(5 / 3);
});

it('puts a latency between the bounds of its step', () => {
  fc.assert(
    fc.property(
      fc.oneof(fc.integer({ min: 0, max: longestLatencyUs }), fc.constantFrom(...latencyBoundsUs)),
      (us) => {
        const step = latencyStep(us);
        expect(us).toBeGreaterThanOrEqual(latencyBoundsUs[step - 1] ?? 0);
        expect(us).toBeLessThan(latencyBoundsUs[step] ?? Number.POSITIVE_INFINITY);
      },
    ),
  );
});

it('knows nothing of what was not measured, and keeps what is shorter or longer than it can say', () => {
  expect(latencyOf('tcp', null)).toBeNull();
  expect(latencyOf('tcp', 0)).toBeNull();
  expect(latencyOf('tcp', 0.4)).toEqual({ kind: 'tcp', us: 1 });
  expect(latencyOf('dns', 1704.211)).toEqual({ kind: 'dns', us: 1704 });
  expect(latencyOf('request', 1e12)).toEqual({ kind: 'request', us: longestLatencyUs });
});
