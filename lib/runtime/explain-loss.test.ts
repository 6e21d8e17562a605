import { tmpdir } from 'node:os';
import { expect, it } from 'vitest';
import { explainLoss } from './explain-loss.ts';

const own = { databaseUrl: 'postgres://db.example/flowloom', home: tmpdir() };

function failure(message: string, code: string): Error {
  return Object.assign(new Error(message), { code });
}

it.each([
  [
    failure('could not extend file "base/5/1"', '53100'),
    /^The Postgres of DATABASE_URL has no room left \(could not.*\nMake room/,
  ],
  [
    failure('connect ECONNREFUSED', 'ECONNREFUSED'),
    /^The Postgres of DATABASE_URL does not answer .*\nCheck/,
  ],
  // Node names no message where it tried several addresses.
  [failure('', 'ECONNREFUSED'), /does not answer \(ECONNREFUSED\)/],
])('says of %s what to do next', async (error, message) => {
  expect(await explainLoss(error, own)).toMatchObject({
    name: 'Refusal',
    message: expect.stringMatching(message),
  });
});

it('leaves every other error as it is', async () => {
  const error = failure('relation "flow" does not exist', '42P01');
  expect(await explainLoss(error, own)).toBe(error);
});
