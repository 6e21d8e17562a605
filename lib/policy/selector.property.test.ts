import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lookUp, partialLabels } from './labels.ts';
import { parseSelector } from './selector.ts';

/** What a selector means, as the tests build it: text to read, and a predicate written down again here. */
type Meant = { readonly text: string; readonly holds: (get: Get) => boolean };
type Get = (key: string) => string | null;

const keys = ['a', 'b', 'c'];
const key = fc.constantFrom(...keys);
const values = ['', 'x', 'y', 'xy', 'yx', 'xx'];
const value = fc.constantFrom(...values);
const blank = fc.constantFrom(' ', '\t', '  ');
const quote = fc.constantFrom('"', "'");

const { selector } = fc.letrec<{ selector: Meant; leaf: Meant }>((tie) => ({
  leaf: fc.oneof(
    key.map((k) => ({ text: `has(${k})`, holds: (get: Get) => get(k) !== null })),
    fc.constant<Meant>({ text: 'all()', holds: () => true }),
    fc
      .tuple(key, blank, quote, value, fc.constantFrom('==', '!=', 'contains', 'starts with', 'endswith'))
      .map(([k, space, q, v, operator]) => ({
        text: `${k}${space}${operator}${space}${q}${v}${q}`,
        holds: (get: Get) => compares(operator, get(k), v),
      })),
    fc.tuple(key, fc.array(value, { maxLength: 3 }), fc.boolean()).map(([k, values, isIn]) => ({
      text: `${k} ${isIn ? 'in' : 'not in'} {${values.map((v) => `"${v}"`).join(',')}}`,
      holds: (get: Get) => values.some((v) => get(k) === v) === isIn,
    })),
  ),
  selector: fc.oneof(
    { maxDepth: 4, depthIdentifier: 'selector' },
    tie('leaf'),
    tie('selector').map((one) => ({ text: `!(${one.text})`, holds: (get: Get) => !one.holds(get) })),
    fc.tuple(tie('selector'), tie('selector')).map(([one, other]) => ({
      text: `(${one.text}) && (${other.text})`,
      holds: (get: Get) => one.holds(get) && other.holds(get),
    })),
    fc.tuple(tie('selector'), tie('selector')).map(([one, other]) => ({
      text: `(${one.text})||(${other.text})`,
      holds: (get: Get) => one.holds(get) || other.holds(get),
    })),
  ),
}));

function compares(operator: string, found: string | null, v: string): boolean {
  if (operator === '!=') return found !== v;
  if (found === null) return false;
  if (operator === '==') return found === v;
  if (operator === 'contains') return found.split(v).length > 1 || v === '';
  return operator === 'endswith' ? found.slice(found.length - v.length) === v : found.indexOf(v) === 0;
}

function read(text: string) {
  const result = parseSelector(text);
  if (!result.ok) throw new Error(`${text}: ${result.error.message}`);
  return result.value;
}

const labels = fc.dictionary(key, value, { noNullPrototype: true });
const getFrom = (of: Readonly<Record<string, string>>) => (k: string) => of[k] ?? null;

it('matches as the grammar says', () => {
  fc.assert(
    fc.property(selector, labels, (meant, of) => {
      expect(read(meant.text).matches(new Map(Object.entries(of)))).toBe(meant.holds(getFrom(of)));
    }),
  );
});

it('prints what reads the same again', () => {
  fc.assert(
    fc.property(selector, labels, (meant, of) => {
      const { canonical } = read(meant.text);
      const again = read(canonical);
      expect(again.matches(new Map(Object.entries(of)))).toBe(meant.holds(getFrom(of)));
      // Nested negations are printed side by side and cancel when read again; nothing else changes.
      expect(again.canonical).toBe(canonical.replaceAll('!!', ''));
    }),
  );
});

it('obeys De Morgan', () => {
  fc.assert(
    fc.property(selector, selector, labels, (one, other, of) => {
      const known = new Map(Object.entries(of));
      const [left, right] = [one.text, other.text];
      expect(read(`!((${left}) && (${right}))`).matches(known)).toBe(
        read(`!(${left}) || !(${right})`).matches(known),
      );
      expect(read(`!((${left}) || (${right}))`).matches(known)).toBe(
        read(`!(${left}) && !(${right})`).matches(known),
      );
    }),
  );
});

it('takes an absent label for different from every value, and for nothing else', () => {
  fc.assert(
    fc.property(value, (v) => {
      const absent = new Map<string, string>();
      for (const text of [`k != "${v}"`, `k not in {"${v}"}`, '!has(k)']) {
        expect(read(text).matches(absent)).toBe(true);
      }
      for (const operator of ['==', 'contains', 'starts with', 'ends with']) {
        expect(read(`k ${operator} "${v}"`).matches(absent)).toBe(false);
      }
    }),
  );
});

/**
 * Enough strings to tell any two selectors apart: everything up to five letters over those that the
 * values use and one that they do not, and longer ones that join any of the values.
 */
const strings = [
  ...allStrings(['x', 'y', 'z'], 5),
  ...values.flatMap((start) =>
    values.flatMap((end) => subsetsOf(values).map((middle) => [start, ...middle, end].join('z'))),
  ),
];

function subsetsOf(items: readonly string[]): readonly (readonly string[])[] {
  const [first, ...others] = items;
  if (first === undefined) return [[]];
  const without = subsetsOf(others);
  return [...without, ...without.map((subset) => [first, ...subset])];
}

function allStrings(letters: readonly string[], length: number): readonly string[] {
  if (length === 0) return [''];
  const shorter = allStrings(letters, length - 1);
  return [...new Set([...shorter, ...shorter.flatMap((text) => letters.map((letter) => text + letter))])];
}

it('is unknown exactly where two completions of the labels differ', () => {
  // Two keys are enough for every way to differ, and keep the completions countable.
  const twoKeys = selector.filter((meant) => !/\bc\b/.test(meant.text));
  const oneOpen = fc.record({
    a: fc.constantFrom('absent', 'open', 'x'),
    b: fc.constantFrom('absent', 'xy'),
  });
  fc.assert(
    fc.property(twoKeys, oneOpen, (meant, state) => {
      const known = Object.entries(state).filter(([, v]) => v !== 'absent' && v !== 'open');
      const absent = Object.entries(state).flatMap(([k, v]) => (v === 'absent' ? [k] : []));
      const partial = partialLabels(known, absent);
      const valuesOfA = state.a === 'open' ? [null, ...strings] : [state.a === 'absent' ? null : state.a];
      const valueOfB = state.b === 'absent' ? null : state.b;
      const answers = new Set(valuesOfA.map((a) => meant.holds((k) => (k === 'a' ? a : valueOfB))));
      const [only] = answers;
      const expected = answers.size === 2 ? 'unknown' : only;
      expect(read(meant.text).evaluate((k) => lookUp(partial, k))).toBe(expected);
    }),
  );
});

it('is unknown exactly where two completions of several open labels differ', () => {
  // One value of each kind that `has`, `==` and `in` can tell apart.
  const openValues = [null, '', 'x', 'y', 'xy', 'yx', 'xx', 'other'];
  const withoutParts = selector.filter((meant) => !/contains|starts|ends/.test(meant.text));
  fc.assert(
    fc.property(withoutParts, (meant) => {
      const answers = new Set<boolean>();
      for (const a of openValues)
        for (const b of openValues)
          for (const c of openValues) answers.add(meant.holds((k) => (k === 'a' ? a : k === 'b' ? b : c)));
      const [only] = answers;
      const partial = partialLabels([]);
      expect(read(meant.text).evaluate((k) => lookUp(partial, k))).toBe(
        answers.size === 2 ? 'unknown' : only,
      );
    }),
  );
});
