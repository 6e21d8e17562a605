import fc from 'fast-check';
import { expect, it } from 'vitest';
import { embedIdOf, isEmbedIdOfOurs, linkIdOf } from './link-id.ts';

const secret = 's'.repeat(43);

it('knows the ids of embeds that were made with this secret, and no others', () => {
  fc.assert(
    fc.property(fc.string(), fc.string({ minLength: 22, maxLength: 22 }), (key, guess) => {
      const id = embedIdOf(secret, key);
      expect(id).toMatch(/^[\w-]{22}$/);
      expect(isEmbedIdOfOurs(secret, id)).toBe(true);
      expect(isEmbedIdOfOurs('t'.repeat(43), id)).toBe(false);
      expect(isEmbedIdOfOurs(secret, linkIdOf(secret, key))).toBe(false);
      expect(isEmbedIdOfOurs(secret, guess)).toBe(false);
      expect(isEmbedIdOfOurs(secret, `${id.startsWith('A') ? 'B' : 'A'}${id.slice(1)}`)).toBe(false);
    }),
  );
});
