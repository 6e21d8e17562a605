import { accept, type Cursor, expect, Misread, skipBlanks } from './cursor.ts';
import { sortedSet } from './sorted-set.ts';

const MAX_LABEL_LENGTH = 512;
const labelCharacters = /[A-Za-z0-9_./-]+/y;

export function readLabel(cursor: Cursor, otherwise: string): string {
  labelCharacters.lastIndex = cursor.at;
  const label = labelCharacters.exec(cursor.text)?.[0];
  if (label === undefined) throw new Misread(cursor.at, otherwise);
  if (label.length > MAX_LABEL_LENGTH) {
    throw new Misread(cursor.at, `a label has at most ${MAX_LABEL_LENGTH} characters: shorten it`);
  }
  cursor.at += label.length;
  skipBlanks(cursor);
  return label;
}

/** There is no escape: a value ends at the next quote of its own kind. */
export function readLiteral(cursor: Cursor, after: string): string {
  const { text, at: start } = cursor;
  const quote = text[start];
  if (quote !== '"' && quote !== "'") {
    throw new Misread(start, `after ${after} write a value in single or double quotes`);
  }
  const end = text.indexOf(quote, start + 1);
  if (end === -1) throw new Misread(start, `the value that begins here never ends: close it with ${quote}`);
  cursor.at = end + 1;
  skipBlanks(cursor);
  return text.slice(start + 1, end);
}

/** `{}` and a trailing comma are right. */
export function readSet(cursor: Cursor): readonly string[] {
  expect(cursor, '{', 'write a set of values, like {"a", "b"}');
  const values: string[] = [];
  while (!accept(cursor, '}')) {
    values.push(readLiteral(cursor, values.length === 0 ? '{' : 'a comma'));
    if (accept(cursor, ',')) continue;
    expect(cursor, '}', 'write , and a further value, or } to close the set');
    break;
  }
  return sortedSet(values);
}
