import type { FieldRef, Value } from './expression.ts';
import { counterNames, counters, fieldNames, fields, traitsOf } from './fields.ts';
import { type Token, tokensOf } from './lex.ts';
import { countOperators, Misread, operatorsOf, type Wanted } from './misread.ts';
import { readTokens } from './parse.ts';
import { printValue } from './print.ts';

/** Values that are worth offering for a field; `keys` are labels' keys. */
export type Vocabulary = {
  readonly valuesOf: (field: Pick<FieldRef, 'name' | 'key'>) => readonly Value[];
  readonly keys: readonly string[];
};

export type Suggestion = {
  /** What is written in place of `from` to `to`. */
  readonly text: string;
  readonly label: string;
  readonly about: string;
};

export type Completion = {
  readonly from: number;
  readonly to: number;
  readonly suggestions: readonly Suggestion[];
};

/** A list that is read at a glance. */
const mostShown = 12;

/** What could be written where the cursor is, best first; the half-written word there is replaced. */
export function complete(text: string, cursor: number, vocabulary: Vocabulary): Completion {
  const nothing: Completion = { from: cursor, to: cursor, suggestions: [] };
  const half = halfWritten(text, cursor);
  if (half === null) return nothing;
  const { before, from, to, part } = half;
  const wanted = wantedAfter(before);
  const asked = wanted.flatMap((one) => suggestionsFor(one, vocabulary, part !== ''));
  const single = [...new Map(asked.map((one) => [one.text, one])).values()];
  return { from, to, suggestions: ranked(single, part).slice(0, mostShown) };
}

type Half = {
  readonly before: readonly Token[];
  readonly from: number;
  readonly to: number;
  readonly part: string;
};

/** The word or value around the cursor, and the tokens in front of it; null where those make no sense. */
function halfWritten(text: string, cursor: number): Half | null {
  const head = tokensOrNull(text.slice(0, cursor));
  const open = head ? null : openQuote(text, cursor);
  if (open !== null) {
    const before = tokensOrNull(text.slice(0, open));
    const close = text.indexOf(text[open] ?? '', cursor);
    // A quote further on belongs to another value where an operator stands between.
    const rest = close === -1 ? '' : text.slice(cursor, close);
    const to = close === -1 || /[&|(){}=]/.test(rest) ? cursor : close + 1;
    return before && { before, from: open, to, part: text.slice(open + 1, cursor) };
  }
  if (!head) return null;
  const last = head.at(-2);
  const touches = last !== undefined && last.to === cursor && last.kind === 'word';
  if (!touches) return { before: head, from: cursor, to: cursor, part: '' };
  const before = [...head.slice(0, -2), endAt(last.from)];
  const rest = /^[^\s"'=!<>&|(){},]*/.exec(text.slice(cursor))?.[0] ?? '';
  return { before, from: last.from, to: cursor + rest.length, part: last.text };
}

/** Where a value begins that nobody closed before the cursor. */
function openQuote(text: string, cursor: number): number | null {
  try {
    tokensOf(text.slice(0, cursor));
    return null;
  } catch (error) {
    const quote = error instanceof Misread ? text[error.at] : undefined;
    return error instanceof Misread && (quote === '"' || quote === "'") ? error.at : null;
  }
}

function tokensOrNull(text: string): readonly Token[] | null {
  try {
    return tokensOf(text);
  } catch (error) {
    if (error instanceof Misread) return null;
    throw error;
  }
}

function endAt(at: number): Token {
  return { kind: 'end', text: '', from: at, to: at };
}

/** What the reader would take next; nothing where it stumbles before the end. */
function wantedAfter(tokens: readonly Token[]): readonly Wanted[] {
  const end = tokens.at(-1)?.from ?? 0;
  try {
    return readTokens(tokens) === null
      ? [{ kind: 'predicate' }]
      : [
          { kind: 'word', word: '&&' },
          { kind: 'word', word: '||' },
        ];
  } catch (error) {
    if (!(error instanceof Misread)) throw error;
    return error.at === end ? error.wanted : [];
  }
}

function suggestionsFor(wanted: Wanted, vocabulary: Vocabulary, isTyping: boolean): readonly Suggestion[] {
  switch (wanted.kind) {
    case 'predicate':
      return [
        ...fieldSuggestions(vocabulary, isTyping, ' '),
        ...counterNames.map((name) => ({ text: `${name} `, label: name, about: counters[name] })),
        { text: 'has(', label: 'has(', about: 'the field is there' },
      ];
    case 'field':
      return fieldSuggestions(vocabulary, isTyping, ')');
    case 'operator':
      return operatorsOf(wanted.of).map((sign) => ({
        text: `${sign} `,
        label: sign,
        about: meanings[sign] ?? '',
      }));
    case 'count-operator':
      return countOperators.map((sign) => ({ text: `${sign} `, label: sign, about: '' }));
    case 'value': {
      const { words } = traitsOf(wanted.of);
      return (words ?? vocabulary.valuesOf({ name: wanted.of, key: wanted.key }))
        .filter((value) => !wanted.taken.includes(value) && isWritable(value))
        .map((value) => ({ text: printValue(value), label: String(value), about: wanted.of }));
    }
    case 'count':
      return [];
    case 'word': {
      const { word } = wanted;
      return /^["']$/.test(word) ? [] : [{ text: spaced(word), label: word, about: meanings[word] ?? '' }];
    }
  }
}

function fieldSuggestions(vocabulary: Vocabulary, isTyping: boolean, end: string): readonly Suggestion[] {
  const plain = fieldNames.flatMap((name): readonly Suggestion[] => {
    const { about } = fields[name];
    if (name !== 'label') return [{ text: `${name}${end}`, label: name, about }];
    if (vocabulary.keys.length === 0) return [{ text: 'label.', label: 'label.<key>', about }];
    return vocabulary.keys.map((key) => ({ text: `label.${key}${end}`, label: `label.${key}`, about }));
  });
  if (!isTyping) return plain;
  const prefixed = (['source', 'dest'] as const).flatMap((side) =>
    plain
      .filter(({ label }) => traitsOf(baseOf(label)).ofEnds)
      .map((one) => ({
        text: `${side}.${one.text}`,
        label: `${side}.${one.label}`,
        about: one.about.replace('an end', `the ${side}`),
      })),
  );
  return [...plain, ...prefixed];
}

function baseOf(label: string): (typeof fieldNames)[number] {
  return fieldNames.find((name) => label === name || label.startsWith(`${name}.`)) ?? 'label';
}

const meanings: Readonly<Record<string, string>> = {
  '==': 'is',
  '!=': 'is not: of two ends, neither is',
  in: 'is one of {…}',
  'not in': 'is none of {…}',
  contains: 'has this in it',
  'starts with': 'begins with this',
  'ends with': 'ends with this',
  '&&': 'and',
  '||': 'or',
};

function spaced(word: string): string {
  return /^[)}(]$/.test(word) ? word : `${word} `;
}

/** There is no escape: a value with both quotes cannot be written. */
function isWritable(value: Value): boolean {
  return !(String(value).includes('"') && String(value).includes("'"));
}

/** Those that begin with what is written first, then those that hold it. */
function ranked(suggestions: readonly Suggestion[], part: string): readonly Suggestion[] {
  const lower = part.toLowerCase();
  const begins = ({ label }: Suggestion) => label.toLowerCase().startsWith(lower);
  const holds = suggestions.filter(({ label }) => label.toLowerCase().includes(lower));
  return [...holds.filter(begins), ...holds.filter((one) => !begins(one))];
}
