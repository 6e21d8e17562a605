import type { Comparison, SelectorNode } from './node.ts';

/**
 * The one spelling of a selector: every `&&` and `||` in parentheses, double quotes unless the value
 * has one. Two `!` of nested parentheses are both printed (`!(!has(a))` as `!!has(a)`), as Calico
 * does, although reading that again cancels them.
 */
export function printNode(node: SelectorNode): string {
  switch (node.kind) {
    case 'all':
      return 'all()';
    case 'global':
      return 'global()';
    case 'comparison':
      return printComparison(node);
    case 'not':
      return `!${printNode(node.operand)}`;
    case 'and':
      return `(${node.operands.map(printNode).join(' && ')})`;
    case 'or':
      return `(${node.operands.map(printNode).join(' || ')})`;
  }
}

function printComparison({ operator, label, values }: Comparison): string {
  switch (operator) {
    case 'has':
      return `has(${label})`;
    case 'in':
    case 'not in':
      return `${label} ${operator} {${values.map(quoted).join(', ')}}`;
    default:
      return `${label} ${operator} ${values.map(quoted).join('')}`;
  }
}

/** A value cannot hold both quotes: there is no escape in the grammar. */
function quoted(value: string): string {
  return value.includes('"') ? `'${value}'` : `"${value}"`;
}
