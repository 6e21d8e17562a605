/** A piece of a line of YAML, and what it is to be shown as. */
export type Token = {
  readonly kind: 'plain' | 'key' | 'text' | 'number' | 'word' | 'comment' | 'mark';
  readonly text: string;
};

const lead = /^(\s*(?:- +)*)/;
const key = /^("(?:[^"\\]|\\.)*"|'[^']*'|[^\s"'#:[\]{},][^#:]*?)(:)(?=\s|$)/;
const comment = /(^|\s)(#.*)$/;
const number = /^[-+]?(?:0x[0-9a-f]+|\d+(?:\.\d+)?(?:e[-+]?\d+)?)$/i;
const word = /^(?:true|false|null|yes|no|on|off|~)$/i;
const separator = /^(?:---|\.\.\.)\s*$/;

/**
 * One line in pieces that add up to it again. It colours; it does not parse: a line is looked at by itself,
 * so that text over several lines is taken for plain text.
 */
export function tokensOf(line: string): readonly Token[] {
  if (separator.test(line)) return [token('mark', line)];
  const indent = lead.exec(line)?.[1] ?? '';
  const rest = line.slice(indent.length);
  if (rest.startsWith('#')) return joined([token('plain', indent), token('comment', rest)]);
  const named = key.exec(rest);
  if (named === null) return joined([token('mark', indent), ...valueTokens(rest)]);
  const [all, name = '', colon = ''] = named;
  return joined([
    token('mark', indent),
    token('key', name),
    token('mark', colon),
    ...valueTokens(rest.slice(all.length)),
  ]);
}

function valueTokens(text: string): readonly Token[] {
  const isQuoted = /^\s*["'].*["']\s*$/.test(text);
  const found = isQuoted ? null : comment.exec(text);
  const value = found === null ? text : text.slice(0, found.index + (found[1] ?? '').length);
  const note = found === null ? '' : (found[2] ?? '');
  return [...listTokens(value), token('comment', note)];
}

/** `[TCP, 80]` one by one; anything else is one value. */
function listTokens(value: string): readonly Token[] {
  if (!/^\s*[[{]/.test(value)) return [scalar(value)];
  const parts = value.match(/"(?:[^"\\]|\\.)*"|'[^']*'|[[\]{},:]|\s+|[^\s"'[\]{},:]+|["']/g) ?? [];
  return parts.map((part) => (/^[[\]{},:]$/.test(part) ? token('mark', part) : scalar(part)));
}

function scalar(text: string): Token {
  const bare = text.trim();
  if (bare === '') return token('plain', text);
  if (number.test(bare)) return token('number', text);
  if (word.test(bare)) return token('word', text);
  return token('text', text);
}

function token(kind: Token['kind'], text: string): Token {
  return { kind, text };
}

function joined(tokens: readonly Token[]): readonly Token[] {
  return tokens.filter(({ text }) => text !== '');
}
