import { expect, it } from 'vitest';
import { createLog } from './log.ts';

const secret = 'correct-horse-battery-staple';
const token = 'flowloom_ingest_Zm9vYmFyYmF6cXV4Zm9vYmFyYmF6cXV4';
const address = `postgres://app:${secret}@db.example:5432/flows`;

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  let lines = '';
  const log = createLog({
    write: (line: string) => {
      lines += line;
    },
  });
  write(log);
  return lines;
}

it.each([
  ['a header', { headers: { authorization: `Bearer ${secret}`, cookie: `session=${secret}` } }],
  [
    'headers as Next has them',
    { headers: new Headers({ Authorization: `Basic ${secret}`, 'X-Api-Key': secret }) },
  ],
  ['a password', { body: { user: { password: secret, newPassword: secret, PASSWD: secret } } }],
  ['tokens', { token: secret, ingest_token: secret, accessToken: secret, clientSecret: secret }],
  [
    'the environment',
    { env: { DATABASE_URL: address, DATABASE_READER_URL: address, FLOWLOOM_METRICS_TOKEN: secret } },
  ],
  ['an address', { at: address }],
  ['a token in a text', { url: `/x?key=${token}`, list: [`Bearer ${secret}`] }],
  [
    'an error',
    { err: Object.assign(new Error(`cannot reach ${address}`), { config: { password: secret } }) },
  ],
  ['the cause of an error', { err: new Error('no', { cause: new Error(`with ${token} at ${address}`) }) }],
  ['a set cookie', { 'set-cookie': [`__Secure-flowloom.session_token=${secret}; HttpOnly`] }],
] as const)('hides %s', (_what, fields) => {
  const text = logged((log) => log.info(fields, 'told'));
  expect(text).toContain('told');
  expect(text).not.toContain(secret);
  expect(text).not.toContain(token);
});

it('hides what stands in the message itself', () => {
  const text = logged((log) => {
    log.warn(`connecting to ${address} with ${token}`);
    log.error(new Error(`Bearer ${secret}`));
    log.child({ password: secret }).info('child');
  });
  expect(text).not.toContain(secret);
  expect(text).not.toContain(token);
});

it('leaves what is no secret', () => {
  const fields = {
    tokenId: 't-1',
    path: '/api/v1/ingest-tokens',
    flows: 12,
    at: new Date(0),
    deep: { a: [1] },
  };
  const line = JSON.parse(logged((log) => log.info(fields, 'seen')));
  expect(line).toMatchObject({ ...fields, at: '1970-01-01T00:00:00.000Z', msg: 'seen' });
  expect(logged((log) => log.error({ err: new Error('boom') }, 'x'))).toContain('boom');
});
