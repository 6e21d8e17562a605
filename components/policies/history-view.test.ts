import { expect, test } from 'vitest';
import { changesOf } from './history-view.ts';

const first = { from: '2026-03-01T00:00:00Z', to: '2026-03-02T00:00:00Z', yaml: 'a: 1\nb: 2\n' };
const second = { from: '2026-03-02T00:00:00Z', to: null, yaml: 'a: 1\nb: 3\n' };
const told = (versions: Parameters<typeof changesOf>[0]) =>
  changesOf(versions).map(({ kind, added, removed }) => `${kind} +${added} -${removed}`);

test('a version is told by what it changed of the one before', () => {
  expect(told([second, first])).toEqual(['changed +1 -1', 'appeared +2 -0']);
  expect(changesOf([second, first])[0]?.parts[0]?.lines.map(({ kind }) => kind)).toEqual([
    'same',
    'removed',
    'added',
  ]);
});

test('what ended without a successor was deleted, and what comes after a gap is new', () => {
  expect(told([{ ...second, to: '2026-03-05T00:00:00Z' }, first])).toEqual([
    'deleted +0 -2',
    'changed +1 -1',
    'appeared +2 -0',
  ]);
  expect(told([{ ...second, from: '2026-03-04T00:00:00Z' }, first])).toEqual([
    'appeared +2 -0',
    'deleted +0 -2',
    'appeared +2 -0',
  ]);
});
