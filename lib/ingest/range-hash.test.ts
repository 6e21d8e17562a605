import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';

import { createRangeHash } from './range-hash.ts';

function sha256(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Records of the given lengths, in chunks of one size, a batch after every `perBatch` of them. */
function hashesOf(
  input: Buffer,
  ends: readonly number[],
  chunkBytes: number,
  perBatch: number,
): readonly string[] {
  const hashes: string[] = [];
  const range = createRangeHash();
  let done = 0;
  let boundary = 0;
  for (let from = 0; from < input.length; from += chunkBytes) {
    const chunk = input.subarray(from, from + chunkBytes);
    range.begin(chunk);
    for (let end = ends[done]; end !== undefined && end <= from + chunk.length; end = ends[done]) {
      done += 1;
      boundary = end;
      if (done % perBatch === 0) hashes.push(range.cut(end));
    }
    range.end(boundary);
  }
  if (done % perBatch !== 0) hashes.push(range.cut(boundary));
  return hashes;
}

it('hashes exactly the bytes of each batch, however they arrive', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      lengths,
      fc.integer({ min: 1, max: 50 }),
      fc.integer({ min: 1, max: 6 }),
      fc.nat(9),
      (sizes, chunk, perBatch, tail) => {
        const ends: number[] = [];
        for (const size of sizes) ends.push((ends.at(-1) ?? 0) + size);
        const input = Buffer.from(
          Array.from({ length: (ends.at(-1) ?? 0) + tail }, (_, index) => index % 251),
        );
        const cuts = ends.filter((_, index) => (index + 1) % perBatch === 0 || index === ends.length - 1);
        const expected = cuts.map((to, index) => sha256(input.subarray(cuts[index - 1] ?? 0, to)));
        expect(hashesOf(input, ends, chunk, perBatch)).toEqual(expected);
      },
    ),
  );
});

it('hashes each batch that is cut between two chunks, behind the last record that was whole', () => {
  const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(
      lengths,
      fc.integer({ min: 1, max: 50 }),
      fc.infiniteStream(fc.boolean()),
      (sizes, size, cuts) => {
        const ends: number[] = [];
        for (const length of sizes) ends.push((ends.at(-1) ?? 0) + length);
        const input = Buffer.from(Array.from({ length: ends.at(-1) ?? 0 }, (_, index) => index % 251));
        const range = createRangeHash();
        let [done, from] = [0, 0];
        for (let at = 0; at < input.length; at += size) {
          const chunk = input.subarray(at, at + size);
          range.begin(chunk);
          const to = ends.findLast((end) => end <= at + chunk.length) ?? 0;
          range.end(to);
          done = to;
          if (done === from || cuts.next().value !== true) continue;
          expect(range.cut(done)).toBe(sha256(input.subarray(from, done)));
          from = done;
        }
        if (done > from) expect(range.cut(done)).toBe(sha256(input.subarray(from, done)));
      },
    ),
  );
});
