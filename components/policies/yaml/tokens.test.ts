import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tokensOf } from './tokens.ts';

const kinds = (line: string) => tokensOf(line).map(({ kind, text }) => `${kind}:${text}`);

test('keys, values, list marks and comments are told apart', () => {
  expect(kinds('  selector: pci == "true"')).toEqual([
    'mark:  ',
    'key:selector',
    'mark::',
    'text: pci == "true"',
  ]);
  expect(kinds('- action: Deny # for now')).toEqual([
    'mark:- ',
    'key:action',
    'mark::',
    'text: Deny ',
    'comment:# for now',
  ]);
  expect(kinds('order: 100')).toEqual(['key:order', 'mark::', 'number: 100']);
  expect(kinds('ports: [80, "8000:8080"]')).toEqual([
    'key:ports',
    'mark::',
    'plain: ',
    'mark:[',
    'number:80',
    'mark:,',
    'plain: ',
    'text:"8000:8080"',
    'mark:]',
  ]);
  expect(kinds('---')).toEqual(['mark:---']);
  expect(kinds('# a note')).toEqual(['comment:# a note']);
});

test('a hash inside quotes is no comment, and a colon inside a value is no key', () => {
  expect(kinds('name: "a # b"')).toEqual(['key:name', 'mark::', 'text: "a # b"']);
  expect(kinds('- 10.0.0.0/8')).toEqual(['mark:- ', 'text:10.0.0.0/8']);
});

test('the pieces add up to the line', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const line = text.replaceAll('\n', ' ');
      expect(
        tokensOf(line)
          .map((token) => token.text)
          .join(''),
      ).toBe(line);
    }),
  );
});
