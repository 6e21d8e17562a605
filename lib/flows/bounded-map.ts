/**
 * A cache that cannot grow with the input: at its limit it is emptied, which costs one round of
 * recomputing and needs no bookkeeping per lookup.
 */
export type BoundedMap<K, V> = {
  readonly get: (key: K) => V | undefined;
  readonly set: (key: K, value: V) => void;
};

export function boundedMap<K, V>(limit: number): BoundedMap<K, V> {
  const entries = new Map<K, V>();
  return {
    get: (key) => entries.get(key),
    set: (key, value) => {
      if (entries.size >= limit) entries.clear();
      entries.set(key, value);
    },
  };
}

/** Remembers what `compute` made of each text; `compute` must depend on nothing else. */
export function remembered<V>(limit: number, compute: (text: string) => V): (text: string) => V {
  const known = boundedMap<string, { readonly value: V }>(limit);
  return (text) => {
    const hit = known.get(text);
    if (hit !== undefined) return hit.value;
    const value = compute(text);
    known.set(text, { value });
    return value;
  };
}
