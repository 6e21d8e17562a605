import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  buildScreenQuery,
  defaultState,
  layoutNames,
  parseScreenState,
  presets,
  replaySpeeds,
  type ScreenState,
  sortKeys,
} from './url-state.ts';

const instant = fc.integer({ min: Date.UTC(1970, 0), max: Date.UTC(2099, 0) });

const fixed = fc
  .tuple(instant, fc.integer({ min: 1, max: 1e12 }))
  .map(([fromMs, lengthMs]) => ({ kind: 'fixed' as const, fromMs, toMs: fromMs + lengthMs }));

const range: fc.Arbitrary<ScreenState['range']> = fc.oneof(
  fc.constantFrom(...presets).map((preset) => ({ kind: 'preset' as const, preset })),
  fixed,
);

const name = fc.string({ minLength: 1, unit: 'grapheme' });

const state: fc.Arbitrary<ScreenState> = fc.record({
  cluster: fc.option(name),
  range,
  compare: fc.option(
    fc.oneof(
      fixed,
      fc.constantFrom('previous' as const, 'day' as const, 'week' as const).map((kind) => ({ kind })),
    ),
  ),
  isLive: fc.boolean(),
  replay: fc.option(fc.record({ speed: fc.constantFrom(...replaySpeeds), atMs: fc.option(instant) })),
  level: fc.constantFrom('cluster', 'namespace', 'workload', 'port'),
  expanded: fc.uniqueArray(name),
  layers: fc.subarray(['platform', 'services', 'Money:bank,pay-*', 'Front end:shop'] as const),
  group: fc.constantFrom(
    null,
    'none' as const,
    'label' as const,
    'label:example.com/team' as const,
    'community:2026-11-25/2026-11-26' as const,
  ),
  selection: fc.option(fc.record({ kind: fc.constantFrom('node' as const, 'edge' as const), id: name })),
  isTableOpen: fc.boolean(),
  find: fc.string({ unit: 'grapheme' }),
  hide: fc.string({ unit: 'grapheme' }),
  only: fc.record({
    denied: fc.boolean(),
    external: fc.boolean(),
    crossNamespace: fc.boolean(),
    related: fc.boolean(),
    ports: fc.uniqueArray(fc.integer({ min: 0, max: 65_535 })).map((all) => all.toSorted((a, b) => a - b)),
  }),
  isFaded: fc.boolean(),
  layout: fc.constantFrom(...layoutNames),
  isWhole: fc.boolean(),
  overlay: fc.string({ unit: 'grapheme' }),
  isDrawerOpen: fc.boolean(),
  sort: fc.option(fc.record({ key: fc.constantFrom(...sortKeys), isDescending: fc.boolean() })),
  via: fc.option(fc.stringMatching(/^[\w-]{22}$/)),
  view: fc.option(fc.stringMatching(/^[\w-]{16}$/)),
});

describe('the address of the screen', () => {
  it('reads back what it wrote', () => {
    fc.assert(
      fc.property(state, (given) => {
        expect(parseScreenState(new URLSearchParams(buildScreenQuery(given)))).toEqual(given);
      }),
    );
  });

  // A field that is forgotten in parse or build is still the same after a round trip of the default.
  it.each(Object.keys(defaultState))('tells a changed %s from the default', (field) => {
    const changed = fc.sample(
      state.filter(
        (given) =>
          JSON.stringify(Reflect.get(given, field)) !== JSON.stringify(Reflect.get(defaultState, field)),
      ),
      20,
    );
    for (const given of changed) {
      const query = buildScreenQuery({ ...defaultState, [field]: Reflect.get(given, field) });
      expect(query).not.toBe('');
      expect(Reflect.get(parseScreenState(new URLSearchParams(query)), field)).toEqual(
        Reflect.get(given, field),
      );
    }
  });

  it('is empty for the screen as it opens', () => {
    expect(buildScreenQuery(defaultState)).toBe('');
    expect(parseScreenState(new URLSearchParams(''))).toEqual(defaultState);
  });

  it('stays readable', () => {
    const query = buildScreenQuery({
      ...defaultState,
      cluster: 'prod',
      range: { kind: 'fixed', fromMs: Date.UTC(2026, 2, 14, 3), toMs: Date.UTC(2026, 2, 14, 9, 26) },
      selection: { kind: 'node', id: 'prod/namespace/shop' },
      expanded: ['prod/namespace/shop', 'prod/workload/shop/web'],
      isTableOpen: true,
      only: { ...defaultState.only, denied: true, ports: [443] },
    });
    expect(query).toBe(
      '?cluster=prod&from=2026-03-14T03:00Z&to=2026-03-14T09:26Z&expand=prod/namespace/shop&expand=prod/workload/shop/web&node=prod/namespace/shop&table=open&only=denied,port:443',
    );
  });

  it.each([
    '?last=5y',
    '?from=2026-03-14T09:00Z',
    '?from=x&to=y',
    '?from=2026-03-14T09:00Z&to=2026-03-14T08:00Z',
  ])('falls back to the last six hours for %s', (query) => {
    expect(parseScreenState(new URLSearchParams(query)).range).toEqual(defaultState.range);
  });
});
