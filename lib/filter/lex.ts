import { Misread } from './misread.ts';

export type Token = {
  readonly kind: 'word' | 'string' | 'symbol' | 'end';
  /** What it says: a string without its quotes. */
  readonly text: string;
  /** Offsets in UTF-16 units; `to` is behind its last one. */
  readonly from: number;
  readonly to: number;
};

const blank = /\s*/y;
const symbol = /==|!=|&&|\|\||>=|<=|[!(){},<>]/y;
// A label's key runs to the next blank or operator; numbers are words too.
const word = /[^\s"'=!<>&|(){},]+/y;

/** Takes a text apart; the last token is `end`. Throws Misread. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    at += match(blank, text, at).length;
    if (at === text.length) return [...tokens, { kind: 'end', text: '', from: at, to: at }];
    const token = tokenAt(text, at);
    tokens.push(token);
    at = token.to;
  }
}

function tokenAt(text: string, from: number): Token {
  const sign = match(symbol, text, from);
  if (sign !== '') return { kind: 'symbol', text: sign, from, to: from + sign.length };
  const letters = match(word, text, from);
  if (letters !== '') return { kind: 'word', text: letters, from, to: from + letters.length };
  const quote = text[from] ?? '';
  if (quote !== '"' && quote !== "'") throw new Misread(from, hints[quote] ?? `${quote} means nothing here`);
  const end = text.indexOf(quote, from + 1);
  if (end === -1) {
    throw new Misread(from, `the value that begins here never ends: close it with ${quote}`, [
      { kind: 'word', word: quote },
    ]);
  }
  return { kind: 'string', text: text.slice(from + 1, end), from, to: end + 1 };
}

const hints: Readonly<Record<string, string>> = {
  '=': 'write == to compare',
  '&': 'write && for and',
  '|': 'write || for or',
};

function match(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}
