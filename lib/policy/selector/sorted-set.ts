/**
 * Values sorted as Go sorts them, by code point, and without repeats. JavaScript's own order, by
 * UTF-16 unit, puts what lies beyond U+FFFF before U+E000.
 */
export function sortedSet(values: readonly string[]): readonly string[] {
  return [...new Set(values)].sort(byCodePoint);
}

function byCodePoint(a: string, b: string): number {
  for (let at = 0; at < a.length && at < b.length; at += 1) {
    const difference = (a.codePointAt(at) ?? 0) - (b.codePointAt(at) ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}
