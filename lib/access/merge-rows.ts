import { compareText } from '#lib/kit/compare-text.ts';
/**
 * Rows that became the same by redaction are one, so that their number tells nothing of what was taken away;
 * nor does their order, which is by flows and then by what is still there.
 */
export function mergeRows<T extends { readonly flows: number }>(rows: readonly T[]): readonly T[] {
  const merged = new Map<string, T>();
  for (const row of rows) {
    const key = JSON.stringify({ ...row, flows: 0 });
    const known = merged.get(key);
    merged.set(key, known === undefined ? row : { ...known, flows: known.flows + row.flows });
  }
  return [...merged]
    .toSorted(([a, { flows: aFlows }], [b, { flows: bFlows }]) => bFlows - aFlows || compareText(a, b))
    .map(([, row]) => row);
}
