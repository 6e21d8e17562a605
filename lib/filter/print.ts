import type { Expression, FieldRef, Value } from './expression.ts';

/** The one spelling of an expression; reading it gives the same expression again. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case 'comparison': {
      const { field, operator, values } = expression;
      const isSet = operator === 'in' || operator === 'not in';
      const said = values.map(printValue).join(', ');
      return `${printField(field)} ${operator} ${isSet ? `{${said}}` : said}`;
    }
    case 'pairing':
      return `${printField(expression.left)} ${expression.isNegated ? '!=' : '=='} ${printField(expression.right)}`;
    case 'has':
      return `has(${printField(expression.field)})`;
    case 'count':
      return `${expression.counter} ${expression.operator} ${expression.value}`;
    case 'not':
      return `!${needsParentheses(expression.operand) ? `(${printExpression(expression.operand)})` : printExpression(expression.operand)}`;
    case 'and':
      return expression.operands
        .map((each) => (each.kind === 'or' ? `(${printExpression(each)})` : printExpression(each)))
        .join(' && ');
    case 'or':
      return expression.operands.map(printExpression).join(' || ');
  }
}

function printField({ side, name, key }: FieldRef): string {
  return `${side === null ? '' : `${side}.`}${name}${key === null ? '' : `.${key}`}`;
}

/** A value cannot hold both quotes: there is no escape in the grammar. */
export function printValue(value: Value): string {
  if (typeof value === 'number') return String(value);
  return value.includes('"') ? `'${value}'` : `"${value}"`;
}

/** `!a == "x"` would be right and misread by people. */
function needsParentheses({ kind }: Expression): boolean {
  return kind !== 'has' && kind !== 'not';
}
