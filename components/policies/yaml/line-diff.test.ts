import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type DiffLine, diffLines, partsOf } from './line-diff.ts';

const marks = { same: ' ', removed: '-', added: '+' } as const;
const shown = (lines: readonly DiffLine[]) => lines.map(({ kind, text }) => `${marks[kind]}${text}`);
const text = fc.array(fc.constantFrom('a', 'b', 'c', 'd: 1')).map((lines) => lines.join('\n'));

test('a changed line is taken out and put in between those that stay', () => {
  expect(shown(diffLines('a\nb\nc\n', 'a\nx\nc\n'))).toEqual([' a', '-b', '+x', ' c']);
  expect(shown(diffLines('', 'a\nb'))).toEqual(['+a', '+b']);
  expect(shown(diffLines('a', ''))).toEqual(['-a']);
});

test('lines keep the numbers that they have in their own text', () => {
  expect(diffLines('a\nb\nc', 'b\nc\nd').map(({ before, after }) => [before, after])).toEqual([
    [1, null],
    [2, 1],
    [3, 2],
    [null, 3],
  ]);
});

test('either side can be read back from the diff, and equal texts have no change', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const lines = diffLines(before, after);
      const side = (other: DiffLine['kind']) =>
        lines.flatMap((line) => (line.kind === other ? [] : [line.text])).join('\n');
      expect(side('added')).toBe(before);
      expect(side('removed')).toBe(after);
      expect(diffLines(before, before).every(({ kind }) => kind === 'same')).toBe(true);
    }),
  );
});

test('parts leave out what is far from a change, and say how much that was', () => {
  const before = Array.from({ length: 30 }, (_, index) => `line ${index}`);
  const after = before.with(2, 'other').with(20, 'other too');
  const parts = partsOf(diffLines(before.join('\n'), after.join('\n')), 2);
  expect(parts.map(({ skipped, lines }) => [skipped, lines.length])).toEqual([
    [0, 6],
    [13, 6],
  ]);
  expect(partsOf(diffLines('a', 'a'))).toEqual([]);
});
