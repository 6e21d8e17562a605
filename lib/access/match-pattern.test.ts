import fc from 'fast-check';
import { expect, it } from 'vitest';
import { matchesPattern } from './match-pattern.ts';

it.each([
  ['shop', 'shop', true],
  ['shop', 'shop-eu', false],
  ['shop-*', 'shop-', true],
  ['shop-*', 'shop', false],
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['*-eu', 'shop-eu', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['shop.', 'shopx', false],
  ['[a-z]', 'a', false],
])('"%s" and "%s": %s', (pattern, text, expected) => {
  expect(matchesPattern(pattern, text)).toBe(expected);
});

it('means what the same regular expression means', () => {
  const few = fc.string({ unit: fc.constantFrom('a', 'b', '*'), maxLength: 8 });
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 8 });
  fc.assert(
    fc.property(few, text, (pattern, given) => {
      const wanted = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(given);
      expect(matchesPattern(pattern, given)).toBe(wanted);
    }),
  );
});

it('takes no longer for many stars', () => {
  expect(matchesPattern(`${'a*'.repeat(120)}b`, 'a'.repeat(250))).toBe(false);
});
