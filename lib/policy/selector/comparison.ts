import type { Comparison, Operator } from './node.ts';

const negated: ReadonlySet<Operator> = new Set(['!=', 'not in']);

/** `!=` and `not in` are the denial of a test, so that they hold where the label is absent. */
export function isNegated(comparison: Comparison): boolean {
  return negated.has(comparison.operator);
}

/** Whether a comparison holds for a label's value, null being absent. */
export function holds(comparison: Comparison, value: string | null): boolean {
  return (value !== null && tests(comparison, value)) !== isNegated(comparison);
}

function tests({ operator, values }: Comparison, value: string): boolean {
  switch (operator) {
    case 'has':
      return true;
    case '==':
    case '!=':
    case 'in':
    case 'not in':
      return values.includes(value);
    case 'contains':
      return value.includes(values[0] ?? '');
    case 'starts with':
      return value.startsWith(values[0] ?? '');
    case 'ends with':
      return value.endsWith(values[0] ?? '');
  }
}
