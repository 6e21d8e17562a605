import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete, type Vocabulary } from './complete.ts';
import { parseFilter } from './filter.ts';

const vocabulary: Vocabulary = {
  valuesOf: ({ name }) =>
    name === 'namespace' ? ['shop', 'payments', `it's`] : name === 'port' ? [443, 53] : [],
  keys: ['app'],
};

/** Completes at `|` and answers the texts that are offered. */
function offered(marked: string): readonly string[] {
  const cursor = marked.indexOf('|');
  return complete(marked.replace('|', ''), cursor, vocabulary).suggestions.map(({ text }) => text);
}

function applied(marked: string): string {
  const cursor = marked.indexOf('|');
  const text = marked.replace('|', '');
  const { from, to, suggestions } = complete(text, cursor, vocabulary);
  return text.slice(0, from) + (suggestions[0]?.text ?? '') + text.slice(to);
}

describe('completion', () => {
  it('begins with fields and counters', () => {
    expect(offered('|')).toEqual(expect.arrayContaining(['namespace ', 'label.app ', 'port ']));
  });
  it.each([
    ['nam|', 'namespace '],
    ['source.na|', 'source.namespace '],
    ['den|', 'denied '],
    ['namespace |', 'namespace == '],
    ['namespace not| "a"', 'namespace not in  "a"'],
    ['namespace not |', 'namespace not in '],
    ['namespace == "pa|', 'namespace == "payments"'],
    ['namespace == "pa|x" && has(port)', 'namespace == "payments" && has(port)'],
    ['namespace == |', 'namespace == "shop"'],
    ['namespace in {"shop", |', 'namespace in {"shop", "payments"'],
    ['verdict == |', 'verdict == "allowed"'],
    ['port == |', 'port == 443'],
    ['has(por|', 'has(port)'],
    ['has(port) |', 'has(port) && '],
    ['(has(port)|', '(has(port))'],
  ])('%s becomes %s', (marked, expected) => {
    expect(applied(marked)).toBe(expected);
  });
  it('offers nothing behind a mistake', () => {
    expect(offered('namespase == "a" && |')).toEqual([]);
  });
  it('never offers what is wrong', () => {
    const text = `namespace == "shop" && (source.label.app in {"a", "b"} || !has(port)) && dest.namespace != source.namespace && bytes >= 10`;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length }), (cursor) => {
        const head = text.slice(0, cursor);
        const { from, suggestions } = complete(head, cursor, vocabulary);
        for (const suggestion of suggestions) {
          const whole = head.slice(0, from) + suggestion.text;
          const result = parseFilter(whole);
          if (!result.ok) expect([whole, result.error.at]).toEqual([whole, whole.length]);
        }
      }),
    );
  });
});
