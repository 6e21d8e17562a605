import fc from 'fast-check';
import { expect, it } from 'vitest';
import { labelIndex } from './label-index.ts';
import { lookUp, partialLabels } from './labels.ts';
import { parseSelector, type Selector } from './selector.ts';

function read(text: string): Selector {
  const selector = parseSelector(text);
  if (!selector.ok) throw new Error(selector.error.message);
  return selector.value;
}

const part = fc.constantFrom(
  'a == "x"',
  'a == "y"',
  'b in {"x", "y"}',
  'b in {}',
  'a != "x"',
  '!a == "x"',
  'has(b)',
  'all()',
  'projectcalico.org/namespace == "x"',
  '(a == "x" || b == "y")',
);
const selector = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => read(parts.join(' && ')));
const labels = fc.dictionary(
  fc.constantFrom('a', 'b', 'projectcalico.org/namespace'),
  fc.constantFrom('x', 'y'),
);
const absent = fc.subarray(['a', 'b', 'projectcalico.org/namespace']);

it('loses nothing that may select, and keeps the order', () => {
  fc.assert(
    fc.property(fc.array(selector), labels, absent, (selectors, known, gone) => {
      const partial = partialLabels(Object.entries(known), gone);
      const lookup = (key: string) => lookUp(partial, key);
      const found = labelIndex(selectors, (one) => one).candidatesFor(lookup);
      expect(found.filter((one) => one.evaluate(lookup) !== false)).toEqual(
        selectors.filter((one) => one.evaluate(lookup) !== false),
      );
    }),
  );
});

it('leaves out what demands another value', () => {
  const selectors = ['app == "a"', 'app in {"b", "c"} && has(x)', 'has(x)', 'ns != "y"'].map(read);
  const index = labelIndex(selectors, (one) => one);
  const titles = (value: string | null | undefined) =>
    index.candidatesFor(() => value).map((one) => one.canonical);
  expect(titles('a')).toEqual(['app == "a"', 'has(x)', 'ns != "y"']);
  expect(titles(null)).toEqual(['has(x)', 'ns != "y"']);
  expect(titles(undefined)).toHaveLength(4);
});
