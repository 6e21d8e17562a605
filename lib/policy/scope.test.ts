import { expect, it } from 'vitest';
import { notSelectorOf, peerSelectorOf, subjectOf } from './scope.ts';

const ns = 'projectcalico.org/namespace';
const sa = 'projectcalico.org/serviceaccount';

it.each([
  ['', null, null, null, 'all()'],
  ['', '', '', '', 'all()'],
  ['', 'a == "b"', null, null, 'a == "b"'],
  ['shop', null, null, null, `${ns} == "shop"`],
  ['shop', 'all()', null, null, `(all() && ${ns} == "shop")`],
  ['shop', 'a == "b"', null, null, `(a == "b" && ${ns} == "shop")`],
  ['shop', 'has(a) || has(b)', null, null, `((has(a) || has(b)) && ${ns} == "shop")`],
  ['shop', 'has(a)', null, 'k == "v"', `((has(a) && ${ns} == "shop") && pcsa.k == "v")`],
  ['', null, 'env != "prod"', null, 'pcns.env != "prod"'],
  ['', null, 'all()', null, `has(${ns})`],
  ['', 'has(a)', 'all()', null, `(has(a) && has(${ns}))`],
  ['', 'all()', 'env != "prod"', null, `(has(${ns}) && pcns.env != "prod")`],
  ['', 'all()', null, 'k in {"v"}', `(has(${sa}) && pcsa.k in {"v"})`],
  ['', null, null, 'all()', `has(${sa})`],
  ['', null, 'all()', 'all()', `(has(${ns}) && has(${sa}))`],
])(
  'a policy in %j with %j, %j and %j applies to %s',
  (namespace, selector, namespaces, accounts, expected) => {
    const subject = subjectOf(namespace, {
      selector,
      namespaceSelector: namespaces,
      serviceAccountSelector: accounts,
    });
    expect(subject.ok && subject.value.canonical).toBe(expected);
  },
);

const none = { selector: null, notSelector: null, namespaceSelector: null, serviceAccounts: null };

it.each([
  ['', {}, null],
  ['shop', {}, null],
  ['', { selector: 'all()' }, 'all()'],
  ['shop', { selector: 'all()' }, `(${ns} == "shop" && all())`],
  ['shop', { selector: 'has(a)' }, `(${ns} == "shop" && has(a))`],
  ['shop', { notSelector: 'has(a)' }, `${ns} == "shop"`],
  ['', { notSelector: 'has(a)' }, null],
  ['shop', { namespaceSelector: 'env == "x"' }, 'pcns.env == "x"'],
  ['shop', { namespaceSelector: 'all()' }, `has(${ns})`],
  ['shop', { namespaceSelector: 'global()' }, `!has(${ns})`],
  ['', { namespaceSelector: 'global()', selector: 'has(a)' }, `(!has(${ns}) && has(a))`],
  ['', { namespaceSelector: 'all()', selector: 'all()' }, `(has(${ns}) && all())`],
  [
    'shop',
    { serviceAccounts: { names: ['z', 'a'], selector: null } },
    `(${ns} == "shop" && ${sa} in {"a", "z"})`,
  ],
  [
    '',
    { selector: 'has(a)', serviceAccounts: { names: ['a'], selector: 'all()' } },
    `((all() && ${sa} in {"a"}) && has(a))`,
  ],
  ['shop', { serviceAccounts: { names: [], selector: 'has(k)' } }, `(${ns} == "shop" && has(pcsa.k))`],
  ['shop', { serviceAccounts: { names: [], selector: null } }, null],
])('a rule in %j with %j speaks of %s', (namespace, texts, expected) => {
  const selector = peerSelectorOf(namespace, { ...none, ...texts });
  expect(selector.ok && (selector.value?.canonical ?? null)).toBe(expected);
});

it('leaves a notSelector unconfined', () => {
  const selector = notSelectorOf('a == "b"');
  expect(selector.ok && selector.value?.canonical).toBe('a == "b"');
  expect(notSelectorOf('')).toEqual({ ok: true, value: null });
});

it('names the field that cannot be read', () => {
  const texts = { selector: null, namespaceSelector: 'env = 1', serviceAccountSelector: null };
  expect(subjectOf('', texts)).toMatchObject({
    ok: false,
    error: { field: 'namespaceSelector', position: 4 },
  });
  const peer = { ...none, serviceAccounts: { names: [], selector: '(' } };
  expect(peerSelectorOf('', peer)).toMatchObject({
    ok: false,
    error: { field: 'serviceAccounts.selector', position: 1 },
  });
  expect(notSelectorOf('x')).toMatchObject({ ok: false, error: { field: 'notSelector' } });
});
