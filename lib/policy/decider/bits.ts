/** Sets of small numbers, one bit each, of one size and in one piece of memory: set `at` begins at word `at * words`. */
export type BitPool = {
  readonly words: number;
  /** Grows with `add`, so read it anew. */
  bits: Uint32Array;
  /** The set's place. */
  readonly add: (members: readonly number[]) => number;
};

export function bitPool(size: number): BitPool {
  const words = Math.max(1, (size + 31) >>> 5);
  let count = 0;
  const pool: BitPool = {
    words,
    bits: new Uint32Array(words * 64),
    add: (members) => {
      const at = count;
      count += 1;
      if (count * words > pool.bits.length) {
        const larger = new Uint32Array(pool.bits.length * 2);
        larger.set(pool.bits);
        pool.bits = larger;
      }
      for (const member of members) {
        const word = at * words + (member >>> 5);
        pool.bits[word] = (pool.bits[word] ?? 0) | (1 << (member & 31));
      }
      return at;
    },
  };
  return pool;
}

export function hasBit({ bits, words }: BitPool, at: number, member: number): boolean {
  return (((bits[at * words + (member >>> 5)] ?? 0) >>> (member & 31)) & 1) === 1;
}

/** How many bits of a word are set. */
export function countBits(word: number): number {
  let n = word - ((word >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return (Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24) & 0xff;
}
