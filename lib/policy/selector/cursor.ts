/** Where a reader stands in the text; readers leave it at the next thing that is not blank. */
export type Cursor = { readonly text: string; at: number };

/** A text that is no selector; inside the reader only, outside it is a value. */
export class Misread extends Error {
  /** Offset in UTF-16 units. */
  readonly position: number;

  constructor(position: number, message: string) {
    super(message);
    this.position = position;
  }
}

/** Only space and tab are blank: a line break is an error, as in Calico. */
export function skipBlanks(cursor: Cursor): void {
  while (cursor.text[cursor.at] === ' ' || cursor.text[cursor.at] === '\t') cursor.at += 1;
}

/** Steps over a word where it is next. `!` is not the beginning of `!=`. */
export function accept(cursor: Cursor, word: string): boolean {
  if (!cursor.text.startsWith(word, cursor.at)) return false;
  if (word === '!' && cursor.text[cursor.at + 1] === '=') return false;
  cursor.at += word.length;
  skipBlanks(cursor);
  return true;
}

export function expect(cursor: Cursor, word: string, otherwise: string): void {
  if (!accept(cursor, word)) throw new Misread(cursor.at, otherwise);
}
