import { expect, it } from 'vitest';
import { embedKeyIn, embedSessionMs, newEmbedSession } from './embed-session.ts';

const secret = 's'.repeat(43);
const key = 'k'.repeat(22);
const nowMs = Date.UTC(2026, 10, 26);
const { token, until } = newEmbedSession(secret, key, nowMs);

it('names its embed until it is over', () => {
  expect(Date.parse(until)).toBe(nowMs + embedSessionMs);
  expect(embedKeyIn(`Bearer ${token}`, secret, nowMs)).toBe(key);
  expect(embedKeyIn(`bearer ${token}`, secret, nowMs + embedSessionMs - 1)).toBe(key);
  expect(embedKeyIn(`Bearer ${token}`, secret, nowMs + embedSessionMs)).toBeNull();
});

it.each([
  ['another secret', `Bearer ${newEmbedSession('t'.repeat(43), key, nowMs).token}`],
  ['another embed', `Bearer ${token.replace(key, 'j'.repeat(22))}`],
  ['a longer life', `Bearer ${token.replace(/\.[\da-z]+\./, (part) => `.z${part.slice(2)}`)}`],
  ['no signature', `Bearer ${token.replace(/[\w-]{43}$/, 'A'.repeat(43))}`],
  ['a short signature', `Bearer ${token.slice(0, -1)}`],
  ['no scheme', token],
  ['an API token', `Bearer flowloom_api_${'x'.repeat(43)}`],
  ['nothing', null],
])('is none with %s', (_, authorization) => {
  expect(embedKeyIn(authorization, secret, nowMs)).toBeNull();
});
