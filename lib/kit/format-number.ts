/** Numbers for people: short in the picture, exact on hover. Three digits at most before the unit. */

const countUnits = ['', 'k', 'M', 'G', 'T', 'P'] as const;
const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;

/** 18234 → `18.2k`. */
export function formatCount(count: number): string {
  const { digits, unit } = shorten(count, countUnits.length);
  return `${digits}${countUnits[unit] ?? ''}`;
}

/** 4123456789 → `4.1 GB`; units are powers of 1000. */
export function formatBytes(bytes: number): string {
  const { digits, unit } = shorten(bytes, byteUnits.length);
  return `${digits} ${byteUnits[unit] ?? ''}`;
}

/** Microseconds: 340 → `340 µs`, 4047 → `4 ms`, 1_250_000 → `1.3 s`. */
export function formatDuration(us: number): string {
  if (us < 999.5) return `${Math.round(us)} µs`;
  const [value, unit] = us < 999_500 ? [us / 1000, 'ms'] : [us / 1_000_000, 's'];
  return `${value < 9.95 ? value.toFixed(1).replace(/\.0$/, '') : formatExact(Math.round(value))} ${unit}`;
}

/** 18234 → `18,234`. */
export function formatExact(count: number): string {
  return exact.format(count);
}

const exact = new Intl.NumberFormat('en-US');

/** `1 edge`, `2 edges`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatExact(count)} ${count === 1 ? one : many}`;
}

function shorten(value: number, units: number): { readonly digits: string; readonly unit: number } {
  let rest = value;
  let unit = 0;
  // 999.95 and more would be printed as 1000: it belongs to the next unit.
  while (unit < units - 1 && (unit === 0 ? rest >= 1000 : rest >= 999.5)) {
    rest /= 1000;
    unit += 1;
  }
  if (unit === 0) return { digits: String(Math.round(rest)), unit };
  const rounded = rest < 99.95 ? rest.toFixed(1) : String(Math.round(rest));
  return { digits: rounded.replace(/\.0$/, ''), unit };
}
