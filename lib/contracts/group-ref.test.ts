import fc from 'fast-check';
import { expect, it } from 'vitest';
import { dayMs } from '#lib/kit/window.ts';
import { communityOf, isGroupRef, parseGroupRef } from './group-ref.ts';

const noonMs = Date.UTC(2026, 10, 26, 12);

it.each([
  ['label', { by: 'label', key: null }],
  ['label:team', { by: 'label', key: 'team' }],
  ['label:app.kubernetes.io/part-of', { by: 'label', key: 'app.kubernetes.io/part-of' }],
  ['community', { by: 'community', days: null }],
  [
    'community:2026-11-25/2026-11-26',
    { by: 'community', days: { fromMs: Date.UTC(2026, 10, 25), toMs: Date.UTC(2026, 10, 27) } },
  ],
] as const)('reads %s', (text, grouping) => {
  expect(parseGroupRef(text)).toEqual(grouping);
});

it.each([
  '',
  'team',
  'label:',
  'label:a b',
  'label:/x',
  `label:${'a'.repeat(64)}`,
  'community:2026-11-26',
  'community:2026-11-26/2026-11-25',
  'community:2026-13-01/2026-13-02',
  'community:2026-01-01/2026-03-01',
  'none',
])('takes %o for none', (text) => {
  expect(isGroupRef(text)).toBe(false);
});

it('names whole days that hold the end of any window, a month at most', () => {
  const windows = fc.tuple(
    fc.integer({ min: 0, max: 400 * dayMs }),
    fc.integer({ min: 1, max: 400 * dayMs }),
  );
  fc.assert(
    fc.property(windows, ([back, length]) => {
      const window = { fromMs: noonMs - back - length, toMs: noonMs - back };
      const grouping = parseGroupRef(communityOf(window));
      const days = grouping?.by === 'community' ? grouping.days : null;
      expect(days?.toMs).toBeGreaterThanOrEqual(window.toMs);
      expect((days?.toMs ?? 0) - window.toMs).toBeLessThan(dayMs);
      expect(days?.fromMs).toBeLessThanOrEqual(Math.max(window.fromMs, window.toMs - 30 * dayMs));
      expect((days?.toMs ?? 0) - (days?.fromMs ?? 0)).toBeLessThanOrEqual(31 * dayMs);
    }),
  );
});
