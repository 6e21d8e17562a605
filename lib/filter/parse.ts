import { accept, type Cursor, expect, peek, refuse } from './cursor.ts';
import {
  type CountOperator,
  type Expression,
  type FieldRef,
  join,
  type Leaf,
  type Operator,
} from './expression.ts';
import { type CounterName, isCounterName } from './fields.ts';
import { type Token, tokensOf } from './lex.ts';
import { countOperators, Misread, operatorsOf } from './misread.ts';
import { readField } from './read-field.ts';
import { readCount, readSet, readValue } from './read-value.ts';

// Nobody writes more by hand, and an address holds it.
const maxLength = 2_000;

// Far more than anybody reads; without a bound a long text could exhaust the stack.
const maxDepth = 50;

/** Reads a whole filter, null for a blank one. Throws Misread. */
export function readExpression(text: string): Expression | null {
  if (text.length > maxLength) {
    throw new Misread(maxLength, `a filter has at most ${maxLength} characters: write fewer, or ask twice`);
  }
  return readTokens(tokensOf(text));
}

/** The same over tokens, the last of which is `end`. */
export function readTokens(tokens: readonly Token[]): Expression | null {
  const cursor: Cursor = { tokens, index: 0 };
  if (peek(cursor).kind === 'end') return null;
  const expression = readOr(cursor, 0);
  if (peek(cursor).kind !== 'end') {
    refuse(cursor, 'the filter should end here, or go on with && or ||', ['&&', '||']);
  }
  return expression;
}

function readOr(cursor: Cursor, depth: number): Expression {
  const operands = [readAnd(cursor, depth)];
  while (accept(cursor, '||')) operands.push(readAnd(cursor, depth));
  return join('or', operands);
}

function readAnd(cursor: Cursor, depth: number): Expression {
  const operands = [readUnary(cursor, depth)];
  while (accept(cursor, '&&')) operands.push(readUnary(cursor, depth));
  return join('and', operands);
}

/** `!` negates the whole predicate that follows: `!namespace == "shop"` is `!(namespace == "shop")`. */
function readUnary(cursor: Cursor, depth: number): Expression {
  if (depth > maxDepth) {
    throw new Misread(peek(cursor).from, `this nests deeper than ${maxDepth}: write fewer ! and (`);
  }
  if (accept(cursor, '!')) return { kind: 'not', operand: readUnary(cursor, depth + 1) };
  if (accept(cursor, '(')) {
    const inner = readOr(cursor, depth + 1);
    if (!accept(cursor, ')')) {
      refuse(cursor, 'a parenthesis is open: write ) here, or go on with && or ||', [')', '&&', '||']);
    }
    return inner;
  }
  return readLeaf(cursor);
}

function readLeaf(cursor: Cursor): Leaf {
  const token = peek(cursor);
  const at = token.from;
  if (token.kind === 'word' && token.text === 'has') {
    cursor.index += 1;
    expect(cursor, '(', 'write ( and a field behind has');
    const field = readField(cursor, { kind: 'field' });
    expect(cursor, ')', 'write ) to close has(');
    return { kind: 'has', at, field };
  }
  if (token.kind === 'word' && isCounterName(token.text)) {
    cursor.index += 1;
    return { kind: 'count', at, ...readCounting(cursor, token.text) };
  }
  const field = readField(cursor, { kind: 'predicate' });
  const operator = readOperator(cursor, field);
  const isEquality = operator === '==' || operator === '!=';
  if (isEquality && field.side !== null && peek(cursor).kind === 'word') {
    return {
      kind: 'pairing',
      at,
      left: field,
      isNegated: operator === '!=',
      right: readPartner(cursor, field),
    };
  }
  const isSet = operator === 'in' || operator === 'not in';
  const values = isSet ? readSet(cursor, field, operator) : [readValue(cursor, field, operator, [])];
  return { kind: 'comparison', at, field, operator, values };
}

function readCounting(
  cursor: Cursor,
  counter: CounterName,
): { counter: CounterName; operator: CountOperator; value: number } {
  const operator = countOperators.find((sign) => accept(cursor, sign));
  if (operator === undefined) {
    throw new Misread(peek(cursor).from, `after ${counter} write >, >=, <, <= or ==`, [
      { kind: 'count-operator' },
    ]);
  }
  return { counter, operator, value: readCount(cursor, counter, operator) };
}

/** The other end's field of the same name; nothing else can be compared with a field. */
function readPartner(cursor: Cursor, left: FieldRef): FieldRef {
  const { from, text } = peek(cursor);
  const other = left.side === 'source' ? 'dest' : 'source';
  const wish = `${other}.${left.name}${left.key === null ? '' : `.${left.key}`}`;
  if (text !== wish) {
    throw new Misread(from, `write a value in quotes ("${text}"), or ${wish} to compare both ends`, [
      { kind: 'value', of: left.name, key: left.key, taken: [] },
      { kind: 'word', word: wish },
    ]);
  }
  cursor.index += 1;
  return { ...left, side: other };
}

// Each list is one operator, its words with any blanks between them.
const operators: readonly (readonly [Operator, readonly string[]])[] = [
  ['==', ['==']],
  ['!=', ['!=']],
  ['in', ['in']],
  ['not in', ['not', 'in']],
  ['contains', ['contains']],
  ['starts with', ['starts', 'with']],
  ['ends with', ['ends', 'with']],
];

function readOperator(cursor: Cursor, field: FieldRef): Operator {
  const { from, text } = peek(cursor);
  const found = operators.find(([, [first]]) => accept(cursor, first ?? ''));
  const known = operatorsOf(field.name);
  if (!found) {
    const help = text === '<' || text === '>' ? '; < and > are for bytes, flows, denied and dropped' : '';
    throw new Misread(from, `after ${field.name} write one of ${known.join(', ')}${help}`, [
      { kind: 'operator', of: field.name },
    ]);
  }
  const [operator, [, second]] = found;
  if (second !== undefined) expect(cursor, second, `write ${operator}`);
  if (!known.includes(operator)) {
    throw new Misread(from, `${field.name} is a number: write one of ${known.join(', ')}`, [
      { kind: 'operator', of: field.name },
    ]);
  }
  return operator;
}
