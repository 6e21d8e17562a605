import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  buildPoliciesQuery,
  defaultPolicies,
  type PoliciesState,
  parsePoliciesState,
  policyTabs,
} from './policies-url.ts';
import { presets } from './url-state.ts';

const name = fc.string({ minLength: 1, unit: 'grapheme' });

const state: fc.Arbitrary<PoliciesState> = fc.record({
  cluster: fc.option(name),
  atMs: fc.option(fc.integer({ min: 0, max: 4e12 })),
  range: fc.oneof(
    fc.constantFrom(...presets).map((preset) => ({ kind: 'preset' as const, preset })),
    fc
      .tuple(fc.integer({ min: 0, max: 4e12 }), fc.integer({ min: 1, max: 1e11 }))
      .map(([fromMs, lengthMs]) => ({ kind: 'fixed' as const, fromMs, toMs: fromMs + lengthMs })),
  ),
  text: fc.string({ unit: 'grapheme' }),
  policy: fc.option(name),
  rule: fc.option(
    fc.record({
      direction: fc.constantFrom('ingress' as const, 'egress' as const),
      index: fc.integer({ min: 0, max: 99_999 }),
    }),
  ),
  tab: fc.constantFrom(...policyTabs),
  via: fc.option(fc.stringMatching(/^[\w-]{22}$/)),
});

test('the address of the policies page reads back what it wrote', () => {
  fc.assert(
    fc.property(state, (given) => {
      expect(parsePoliciesState(new URLSearchParams(buildPoliciesQuery(given)))).toEqual(given);
    }),
  );
});

test('it is empty for the page as it opens, and an unknown rule points at none', () => {
  expect(buildPoliciesQuery(defaultPolicies)).toBe('');
  expect(parsePoliciesState(new URLSearchParams('?rule=sideways:1&tab=none&at=yesterday'))).toEqual(
    defaultPolicies,
  );
});
