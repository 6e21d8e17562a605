import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cutMiddle } from './cut-middle.ts';

describe('cutMiddle', () => {
  it('keeps both ends', () => expect(cutMiddle('recommendationservice', 18)).toBe('recommenda…service'));
  it('leaves short names alone', () => expect(cutMiddle('frontend', 18)).toBe('frontend'));
  it('never exceeds the limit and never cuts a letter in two', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.integer({ min: 4, max: 30 }),
        (name, most) => {
          const cut = cutMiddle(name, most);
          expect([...cut].length).toBeLessThanOrEqual(most);
          expect(cut.isWellFormed()).toBe(true);
        },
      ),
    );
  });
});
