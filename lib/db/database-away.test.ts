import { expect, it } from 'vitest';
import { isDatabaseAway, isDatabaseFull } from './database-away.ts';

function failure(code: string, message = ''): Error {
  return Object.assign(new Error(message), { code });
}

it.each([
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ERR_STREAM_PREMATURE_CLOSE', 'ERR_STREAM_DESTROYED'],
  ...['57P01', '57P03', '08006', '53100', '53300', '55P03'],
])('takes %s for a database that comes back', (code) => {
  expect(isDatabaseAway(failure(code))).toBe(true);
});

it.each(['23505', '42P01', '28P01', 'ENOENT', ''])('takes %s for what it is', (code) => {
  expect(isDatabaseAway(failure(code))).toBe(false);
});

it('knows what pg says without a code', () => {
  expect(isDatabaseAway(new Error('Connection terminated unexpectedly'))).toBe(true);
  expect(isDatabaseAway(new Error('timeout exceeded when trying to connect'))).toBe(true);
  expect(isDatabaseAway(failure('23514', 'no partition of relation "flow" found for row'))).toBe(true);
  expect(isDatabaseAway('Connection terminated')).toBe(false);
  expect([isDatabaseFull(failure('53100')), isDatabaseFull(failure('53200'))]).toEqual([true, false]);
});
