import { accept, type Cursor, expect, Misread, skipBlanks } from './cursor.ts';
import type { Operator, SelectorNode } from './node.ts';
import { readLabel, readLiteral, readSet } from './words.ts';

// A selector of Calico's own greatest length (1,024) cannot nest as deep; without a bound a long text
// could exhaust the stack.
const MAX_DEPTH = 1_000;

/** Reads a whole selector; blank text is `all()`. Throws Misread. */
export function readSelector(text: string): SelectorNode {
  const cursor: Cursor = { text, at: 0 };
  skipBlanks(cursor);
  if (cursor.at === text.length) return { kind: 'all' };
  const node = readOr(cursor, 0);
  if (cursor.at < text.length) {
    throw new Misread(cursor.at, 'the selector should end here, or go on with && or ||');
  }
  return node;
}

function readOr(cursor: Cursor, depth: number): SelectorNode {
  const operands = [readAnd(cursor, depth)];
  while (accept(cursor, '||')) operands.push(readAnd(cursor, depth));
  return oneOr('or', operands);
}

function readAnd(cursor: Cursor, depth: number): SelectorNode {
  const operands = [readOperation(cursor, depth)];
  while (accept(cursor, '&&')) operands.push(readOperation(cursor, depth));
  return oneOr('and', operands);
}

function oneOr(kind: 'and' | 'or', operands: readonly SelectorNode[]): SelectorNode {
  const [only] = operands;
  return only !== undefined && operands.length === 1 ? only : { kind, operands };
}

/** Any number of `!` negates the whole operation that follows, `!a == "x"` too; an even number cancels. */
function readOperation(cursor: Cursor, depth: number): SelectorNode {
  let isNegated = false;
  while (accept(cursor, '!')) isNegated = !isNegated;
  const operation = readPlain(cursor, depth);
  return isNegated ? { kind: 'not', operand: operation } : operation;
}

function readPlain(cursor: Cursor, depth: number): SelectorNode {
  if (accept(cursor, '(')) {
    if (depth >= MAX_DEPTH) {
      throw new Misread(cursor.at - 1, `parentheses nest deeper than ${MAX_DEPTH}: write fewer`);
    }
    const inner = readOr(cursor, depth + 1);
    expect(cursor, ')', 'a parenthesis is open: write ) here, or go on with && or ||');
    return inner;
  }
  // Only with its parenthesis directly behind is it a function; else it is a label of that name.
  if (accept(cursor, 'has(')) {
    const label = readLabel(cursor, 'write the name of a label inside has( )');
    expect(cursor, ')', 'write ) to close has(');
    return { kind: 'comparison', operator: 'has', label, values: [] };
  }
  for (const kind of ['all', 'global'] as const) {
    if (accept(cursor, `${kind}(`)) {
      expect(cursor, ')', `write ${kind}() with nothing inside`);
      return { kind };
    }
  }
  return readComparison(cursor);
}

function readComparison(cursor: Cursor): SelectorNode {
  const label = readLabel(cursor, 'write a label, has(label), all(), ! or (');
  const operator = readOperator(cursor, label);
  const values =
    operator === 'in' || operator === 'not in' ? readSet(cursor) : [readLiteral(cursor, operator)];
  return { kind: 'comparison', operator, label, values };
}

// Each list is one operator, its words with any number of blanks between them.
const operators: readonly (readonly [Operator, readonly string[]])[] = [
  ['==', ['==']],
  ['!=', ['!=']],
  ['contains', ['contains']],
  ['starts with', ['starts', 'with']],
  ['ends with', ['ends', 'with']],
  ['not in', ['not', 'in']],
  ['in', ['in']],
];

function readOperator(cursor: Cursor, label: string): Operator {
  const start = cursor.at;
  for (const [operator, words] of operators) {
    if (words.every((word) => accept(cursor, word))) return operator;
    cursor.at = start;
  }
  throw new Misread(
    start,
    `after the label ${label} write ==, !=, in, not in, contains, starts with or ends with (has(${label}) asks whether it is there)`,
  );
}
