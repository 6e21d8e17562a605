/** A value as a message shows it: short, whatever came. */
export function shown(value: unknown): string {
  if (value === undefined || value === null) return 'absent';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'an object';
  const text = JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
