/** Two counters of one record together; what is not known adds nothing. */
export function sum(a: number | null, b: number | null): number | null {
  return a === null ? b : b === null ? a : a + b;
}
