/** What can be said of a condition when not everything is known (Kleene's three values). */
export type Truth = boolean | 'unknown';

export function not(truth: Truth): Truth {
  return truth === 'unknown' ? truth : !truth;
}

/** False as soon as one is false, however little is known of the others. */
export function everyOf<T>(items: readonly T[], truthOf: (item: T) => Truth): Truth {
  return not(someOf(items, (item) => not(truthOf(item))));
}

/** True as soon as one is true, however little is known of the others. */
export function someOf<T>(items: readonly T[], truthOf: (item: T) => Truth): Truth {
  let any: Truth = false;
  for (const item of items) {
    const truth = truthOf(item);
    if (truth === true) return true;
    if (truth === 'unknown') any = truth;
  }
  return any;
}
