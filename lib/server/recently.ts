import type { Reader } from '#lib/db/reader.ts';

/** Looks up what was made for a key, or makes it. */
export type Recently<T> = (reader: Reader, key: string, make: () => Promise<T>) => Promise<T>;

/**
 * Remembers the last `most` things made for a key, per pool, so that two databases in one process (tests, a
 * command) never share what they know. Two who ask at once wait for the same making.
 */
export function recently<T>(most: number): Recently<T> {
  const memory = new WeakMap<Reader, Map<string, Promise<T>>>();
  return async (reader, key, make) => {
    const known = memory.get(reader) ?? new Map<string, Promise<T>>();
    memory.set(reader, known);
    const made = known.get(key) ?? make();
    // The one that was asked for last goes last.
    known.delete(key);
    known.set(key, made);
    for (const oldest of [...known.keys()].slice(0, Math.max(0, known.size - most))) known.delete(oldest);
    try {
      return await made;
    } catch (error) {
      known.delete(key);
      throw error;
    }
  };
}
