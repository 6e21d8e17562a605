import { expect, it } from 'vitest';
import { parseFilters } from './filters.ts';

it('reads both filters, and neither where none is given', () => {
  expect(parseFilters({})).toEqual({ ok: true, value: { hide: null, show: null } });
  const both = parseFilters({ filter: 'denied > 0', hide: 'port == 53' });
  expect(both.ok && [both.value.show?.flow, both.value.hide?.counters]).toEqual([null, null]);
});

it('names the place of a mistake and what could stand there', () => {
  expect(parseFilters({ hide: 'verdict == "no"' })).toEqual({
    ok: false,
    error: {
      status: 400,
      code: 'bad-filter',
      title: 'Wrong filter',
      detail: 'hide, at 11: verdict is one of allowed, denied, dropped',
      field: 'hide',
      position: 11,
      expected: ['"allowed"', '"denied"', '"dropped"'],
    },
  });
});
