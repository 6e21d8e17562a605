import { expect, it } from 'vitest';
import { completeLabels, lookUp, partialLabels } from './labels.ts';
import { parseSelector } from './selector.ts';

function read(text: string) {
  const selector = parseSelector(text);
  if (!selector.ok) throw new Error(`${text}: ${selector.error.message} at ${selector.error.position}`);
  return selector.value;
}

it.each([
  ['', 'all()'],
  [' \t', 'all()'],
  ['all()', 'all()'],
  ['all( \t)', 'all()'],
  ['global()', 'global()'],
  ["a=='b'", 'a == "b"'],
  ['a == "b"', 'a == "b"'],
  [`a == 'b"c'`, `a == 'b"c'`],
  [`a == "b'c"`, `a == "b'c"`],
  ["a == ''", 'a == ""'],
  ["a!='b'", 'a != "b"'],
  ["a in {'c','b','c',}", 'a in {"b", "c"}'],
  ['a in{}', 'a in {}'],
  [`a in {'x"y', "b"}`, `a in {"b", 'x"y'}`],
  ['a in {"\u{1f600}", "\uffff"}', 'a in {"\uffff", "\u{1f600}"}'],
  ['a not in {"b"}', 'a not in {"b"}'],
  ['a notin{"b"}', 'a not in {"b"}'],
  ['a not  \t in {"b"}', 'a not in {"b"}'],
  ['a contains "b"', 'a contains "b"'],
  ['a contains"b"', 'a contains "b"'],
  ['a starts with "b"', 'a starts with "b"'],
  ['a startswith "b"', 'a starts with "b"'],
  ['a ends   with "b"', 'a ends with "b"'],
  ['a endswith "b"', 'a ends with "b"'],
  ['has( a/b.c_d-e )', 'has(a/b.c_d-e)'],
  ['contains contains "contains"', 'contains contains "contains"'],
  ['in in {"in"}', 'in in {"in"}'],
  ['not not in {"not"}', 'not not in {"not"}'],
  ['has == "x"', 'has == "x"'],
  ['all == "x"', 'all == "x"'],
  ['allow == "x"', 'allow == "x"'],
  ['!has(a)', '!has(a)'],
  ['!!has(a)', 'has(a)'],
  ['! ! !has(a)', '!has(a)'],
  ['!a == "x"', '!a == "x"'],
  ['!(!has(a))', '!!has(a)'],
  ['((has(a)))', 'has(a)'],
  ['has(a) && has(b)', '(has(a) && has(b))'],
  ['has(a)&&has(b)||has(c)', '((has(a) && has(b)) || has(c))'],
  ['has(a)||has(b)&&has(c)', '(has(a) || (has(b) && has(c)))'],
  ['(has(a)||has(b))&&has(c)', '((has(a) || has(b)) && has(c))'],
  ['has(a) && (has(b) && has(c))', '(has(a) && (has(b) && has(c)))'],
  ['!(has(a) && has(b))', '!(has(a) && has(b))'],
])('%s is %s', (text, canonical) => {
  expect(read(text).canonical).toBe(canonical);
});

it.each([
  ['a', 1, 'after the label a'],
  ['a = "b"', 2, 'after the label a'],
  ['a == b', 5, 'single or double quotes'],
  ['a == "b', 5, 'never ends'],
  ['a == ', 5, 'single or double quotes'],
  ["'b' == a", 0, 'write a label'],
  ['a in "b"', 5, 'write a set'],
  ['a in {"b" "c"}', 10, 'or }'],
  ['a in {,}', 6, 'single or double quotes'],
  ['a in {"b"', 9, 'or }'],
  ['a starts "b"', 2, 'after the label a'],
  ['a not "b"', 2, 'after the label a'],
  ['a == "b" c', 9, 'should end here'],
  ['a == "b" &', 9, 'should end here'],
  ['a == "b" &&', 11, 'write a label'],
  ['has (a)', 4, 'after the label has'],
  ['has(a', 5, 'to close has('],
  ['has()', 4, 'name of a label'],
  ['all(a)', 4, 'nothing inside'],
  ['(has(a)', 7, 'parenthesis is open'],
  ['has(a))', 6, 'should end here'],
  ['!', 1, 'write a label'],
  ['!= "a"', 0, 'write a label'],
  ['a\n== "b"', 1, 'after the label a'],
  ['ä == "b"', 0, 'write a label'],
  [`${'a'.repeat(513)} == "b"`, 0, 'at most 512'],
  [`${'('.repeat(1_001)}has(a)`, 1_000, 'nest deeper'],
])('%s is wrong at %i', (text, position, message) => {
  expect(parseSelector(text)).toEqual({
    ok: false,
    error: { position, message: expect.stringContaining(message) },
  });
});

it('reads a label of 512 characters', () => {
  expect(parseSelector(`has(${'a'.repeat(512)})`).ok).toBe(true);
});

const labels = new Map([
  ['app', 'shop-front'],
  ['empty', ''],
]);

it.each([
  ['all()', true],
  ['global()', true],
  ['has(app)', true],
  ['has(empty)', true],
  ['has(gone)', false],
  ['app == "shop-front"', true],
  ['app == "shop"', false],
  ['empty == ""', true],
  ['gone == ""', false],
  ['app != "shop"', true],
  ['app != "shop-front"', false],
  ['gone != "shop"', true],
  ['app in {"a", "shop-front"}', true],
  ['app in {}', false],
  ['gone in {"a"}', false],
  ['app not in {"shop-front"}', false],
  ['app not in {}', true],
  ['gone not in {"a"}', true],
  ['app contains "p-f"', true],
  ['app contains ""', true],
  ['gone contains ""', false],
  ['app starts with "shop"', true],
  ['app starts with "front"', false],
  ['app ends with "front"', true],
  ['app ends with "shop"', false],
  ['gone ends with ""', false],
  ['!gone == "x"', true],
  ['!app == "shop-front" && has(app)', false],
  ['has(gone) && has(app) || has(app)', true],
  ['has(gone) && (has(app) || has(app))', false],
])('%s matches: %s', (text, expected) => {
  expect(read(text).matches(labels)).toBe(expected);
});

const partial = partialLabels([['app', 'shop']], ['gone']);

it.each([
  ['app == "shop"', true],
  ['has(gone)', false],
  ['gone != "x"', true],
  ['has(a)', 'unknown'],
  ['a != "x"', 'unknown'],
  ['a not in {"x"}', 'unknown'],
  ['a in {}', false],
  ['a not in {}', true],
  ['has(a) || !has(a)', true],
  ['has(a) && !has(a)', false],
  ['a == "x" && a == "y"', false],
  ['a != "x" || a != "y"', true],
  ['a == "x" && a starts with "y"', false],
  ['a starts with "x" && a starts with "y"', false],
  ['a starts with "x" && a starts with "xy"', 'unknown'],
  ['a starts with "x" && !a contains "x"', false],
  ['a contains "xy" && !a contains "x"', false],
  ['a ends with "yx" && !a contains "y"', false],
  ['has(a) || a not in {"x", "y"}', true],
  ['a contains "" || !has(a)', true],
  ['has(a) && has(b) || !has(a) || !has(b)', true],
  ['app == "shop" && has(a) || app == "shop" && !has(a)', true],
])('%s is %s where labels may be missing', (text, expected) => {
  expect(read(text).evaluate((key) => lookUp(partial, key))).toBe(expected);
});

it('takes every key that is not there for absent in a complete set', () => {
  const complete = completeLabels([['app', 'shop']]);
  expect(read('!has(a)').evaluate((key) => lookUp(complete, key))).toBe(true);
});
