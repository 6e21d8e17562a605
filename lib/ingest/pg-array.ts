/** The text form of a Postgres array of numbers, timestamps or null, which needs no quoting. */
export function plainArray<T>(items: Iterable<T>, field: (item: T) => string | number | null): string {
  const parts: (string | number)[] = [];
  for (const item of items) parts.push(field(item) ?? 'NULL');
  return `{${parts.join(',')}}`;
}
