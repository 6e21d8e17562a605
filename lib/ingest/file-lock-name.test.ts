import { expect, it } from 'vitest';
import { fileLockName, hasLockName } from './committed.ts';

const first = `{"a":"${'x'.repeat(100)}"}`;

it('stays the same while a file grows, with or without the first line end', () => {
  const names = [first, `${first}\n`, `${first}\n{"b":1}\n`].map((text) =>
    fileLockName('c', Buffer.from(text)),
  );
  expect(new Set(names).size).toBe(1);
});

it('tells apart logs that begin alike, and clusters', () => {
  const other = first.replace('xx"', 'xy"');
  const names = [fileLockName('c', Buffer.from(other)), fileLockName('d', Buffer.from(first))];
  expect(names).not.toContain(fileLockName('c', Buffer.from(first)));
});

it('looks past a line of column names', () => {
  const [one, two] = ['version srcaddr\n2 10.0.0.1\n', 'version srcaddr\n2 10.0.0.2\n'].map(Buffer.from);
  expect(fileLockName(null, one ?? Buffer.alloc(0))).not.toBe(fileLockName(null, two ?? Buffer.alloc(0)));
});

it.each([
  ['{"a":', false],
  [`${first}\n`, true],
  ['version srcaddr\n', false],
  ['version srcaddr\n2 10.0.0.1\n', true],
  [`{"${'x'.repeat(600)}`, true],
])('of %j is final: %s', (head, isFinal) => {
  expect(hasLockName(Buffer.from(head))).toBe(isFinal);
});
