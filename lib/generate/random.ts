/**
 * Randomness as an argument: a stream of numbers that only the given parts decide, so that the traffic of
 * one minute is the same whichever minutes were made before it.
 */
export type Random = {
  /** At least 0, below 1. */
  readonly next: () => number;
  /** A whole number of at least 0, below `bound`. */
  readonly below: (bound: number) => number;
};

/** The same parts give the same stream. Parts are taken as whole numbers of up to 53 bits. */
export function createRandom(...parts: readonly number[]): Random {
  let state = 0x9e3779b9;
  for (const part of parts) {
    state = mix(state ^ mix(part >>> 0));
    state = mix(state + Math.floor(Math.abs(part) / 2 ** 32));
  }
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    return mix(state) / 2 ** 32;
  }
  return { next, below: (bound) => Math.floor(next() * bound) };
}

/** Murmur3's finaliser: every bit of the input reaches every bit of the result. */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** How many events happen where `mean` are expected. */
export function poisson(random: Random, mean: number): number {
  if (mean > 40) return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(random)));
  const limit = Math.exp(-mean);
  let count = 0;
  let product = random.next();
  while (product > limit) {
    count += 1;
    product *= random.next();
  }
  return count;
}

/** Near enough to a normal deviate: twelve uniform ones, less their mean. */
function normal(random: Random): number {
  let sum = -6;
  for (let i = 0; i < 12; i += 1) sum += random.next();
  return sum;
}

// No vowels and no 0, 1, 3: the alphabet of Kubernetes' generated name suffixes.
const safeAlphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** A suffix such as Kubernetes appends to generated names. */
export function safeSuffix(random: Random, length: number): string {
  let text = '';
  for (let i = 0; i < length; i += 1) text += safeAlphabet[random.below(safeAlphabet.length)] ?? 'x';
  return text;
}

const hexPairs = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** `bytes` random bytes in lower-case hexadecimal. */
export function hexadecimal(random: Random, bytes: number): string {
  let text = '';
  for (let i = 0; i < bytes; i += 1) text += hexPairs[random.below(256)] ?? '00';
  return text;
}
