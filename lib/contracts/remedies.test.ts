import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { knownReasons, reasonTitle, remedyOf } from './remedies.ts';

// Where a code is written down: `complain(complaint, 'code'`, `reject('code'`, `code: 'code'` and their like.
const written =
  /(?:complain\(\s*\w+,|\breject\(|\brefuse\(|\bwrong\(|\bcode:)\s*(?:[^'\n]*\? )?'([a-z0-9]+(?:-[a-z0-9]+)+)'(?:\s*: '([a-z0-9-]+)')?/g;

function codesInSources(): readonly string[] {
  const files = globSync(['lib/flows/**/*.ts', 'lib/ingest/*.ts']).filter((file) => !file.includes('.test.'));
  const found = files.flatMap((file) => [...readFileSync(file, 'utf8').matchAll(written)]);
  return [...new Set(found.flatMap(([, code, other]) => [code, other]))].filter((code) => code !== undefined);
}

it('has a text for every code that a line is rejected with', () => {
  const codes = codesInSources();
  expect(codes).toEqual(
    expect.arrayContaining(['unknown-format', 'truncated-json', 'wrong-type', 'missing-action']),
  );
  expect(codes.filter((code) => !knownReasons.has(code))).toEqual([]);
});

it('leaves nobody alone with a code of another version', () => {
  expect(reasonTitle('of-tomorrow')).toBe('of-tomorrow');
  expect(remedyOf('of-tomorrow')).toContain('try it again');
});
