import { protocolOfText } from '#lib/flows/protocol.ts';
import { accept, type Cursor, expect, peek } from './cursor.ts';
import type { FieldRef, Value } from './expression.ts';
import { type CounterName, traitsOf } from './fields.ts';
import { Misread } from './misread.ts';

const wholeNumber = /^\d{1,15}$/;

/** Reads one value of a field: a string in quotes, or a number for a port. */
export function readValue(cursor: Cursor, field: FieldRef, after: string, taken: readonly Value[]): Value {
  const { kind, text, from } = peek(cursor);
  const { value, words } = traitsOf(field.name);
  const wrong = (message: string) =>
    new Misread(from, message, [{ kind: 'value', of: field.name, key: field.key, taken }]);
  if (value === 'number') {
    if (kind === 'string') throw wrong(`${field.name} is a number: leave out the quotes`);
    if (kind !== 'word' || !wholeNumber.test(text)) throw wrong(`after ${after} write a whole number`);
    cursor.index += 1;
    return Number(text);
  }
  if (kind === 'word') throw wrong(`write the value in quotes: "${text}"`);
  if (kind !== 'string') throw wrong(`after ${after} write a value in quotes`);
  const isWhole = !(after === 'contains' || after.endsWith('with'));
  const said = field.name === 'protocol' && isWhole ? protocolOfText(text) : text;
  if (words && isWhole && !words.includes(said)) {
    throw wrong(`${field.name} is one of ${words.join(', ')}`);
  }
  cursor.index += 1;
  return said;
}

/** Reads `{a, b}`; a trailing comma is right, nothing at all is not. */
export function readSet(cursor: Cursor, field: FieldRef, after: string): readonly Value[] {
  expect(cursor, '{', `after ${after} write a set of values, like ${example(field)}`);
  const values = [readValue(cursor, field, '{', [])];
  while (!accept(cursor, '}')) {
    if (accept(cursor, ',')) {
      if (accept(cursor, '}')) break;
      values.push(readValue(cursor, field, ',', values));
      continue;
    }
    throw new Misread(peek(cursor).from, 'write , and a further value, or } to close the set', [
      { kind: 'word', word: ',' },
      { kind: 'word', word: '}' },
    ]);
  }
  return [...new Set(values)].toSorted(compareValues);
}

export function readCount(cursor: Cursor, counter: CounterName, after: string): number {
  const { kind, text, from } = peek(cursor);
  if (kind !== 'word' || !wholeNumber.test(text)) {
    throw new Misread(from, `after ${after} write a whole number, like 1000`, [
      { kind: 'count', of: counter },
    ]);
  }
  cursor.index += 1;
  return Number(text);
}

function example(field: FieldRef): string {
  return traitsOf(field.name).value === 'number' ? '{443, 8443}' : '{"a", "b"}';
}

function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
