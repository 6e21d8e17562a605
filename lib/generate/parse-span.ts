const unitsMs: ReadonlyMap<string, number> = new Map([
  ['s', 1_000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
]);

/** A span such as `24h` or `30d` in milliseconds, null where it is none. */
export function parseSpan(text: string): number | null {
  const match = /^(\d{1,9})([smhd])$/.exec(text);
  const unitMs = unitsMs.get(match?.[2] ?? '');
  return match === null || unitMs === undefined ? null : Number(match[1]) * unitMs;
}
