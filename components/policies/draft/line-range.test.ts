import { expect, test } from 'vitest';
import { lineRange } from './line-range.ts';

test('a line is found in its text; beyond the last one it is the last', () => {
  const at = (line: number) => {
    const { start, end } = lineRange('one\ntwo\n\nfour', line);
    return 'one\ntwo\n\nfour'.slice(start, end);
  };
  expect([1, 2, 3, 4, 9].map(at)).toEqual(['one', 'two', '', 'four', 'four']);
});
