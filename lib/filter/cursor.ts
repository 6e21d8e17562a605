import type { Token } from './lex.ts';
import { Misread } from './misread.ts';

/** Where a reader stands among the tokens. */
export type Cursor = { readonly tokens: readonly Token[]; index: number };

const nothing: Token = { kind: 'end', text: '', from: 0, to: 0 };

export function peek({ tokens, index }: Cursor): Token {
  return tokens[Math.min(index, tokens.length - 1)] ?? nothing;
}

/** Steps over a sign or a word where it is next; a string is never one. */
export function accept(cursor: Cursor, text: string): boolean {
  const token = peek(cursor);
  if (token.kind === 'string' || token.kind === 'end' || token.text !== text) return false;
  cursor.index += 1;
  return true;
}

export function expect(cursor: Cursor, text: string, otherwise: string): void {
  if (!accept(cursor, text)) refuse(cursor, otherwise, [text]);
}

/** The place where the reader stands is wrong: one of `words` could stand there. */
export function refuse(cursor: Cursor, message: string, words: readonly string[]): never {
  throw new Misread(
    peek(cursor).from,
    message,
    words.map((word) => ({ kind: 'word', word })),
  );
}
