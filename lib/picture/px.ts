/** A coordinate: two digits are finer than any screen, and the same on every machine. */
export function px(value: number): string {
  return String(Math.round(value * 100) / 100 + 0);
}
