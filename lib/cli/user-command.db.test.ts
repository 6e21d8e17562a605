import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { type Ended, runCommand } from '../../test/run-command.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

function flowloom(args: readonly string[], input = ''): Promise<Ended> {
  return runCommand(args, { env: { DATABASE_URL: database.urls.owner }, input });
}

it('makes, lists, changes and removes accounts, and tokens for them', async () => {
  const made = await flowloom(['user', 'create', 'Ada@Example.com', '--role', 'security', '--group', 'sre']);
  expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^[\w-]{20}\n$/)]);
  expect((await flowloom(['user', 'create', 'ada@example.com'])).code).toBe(1);
  const given = await flowloom(
    ['user', 'create', 'bob@example.com', '--password-stdin'],
    'a long password\n',
  );
  expect([given.code, given.stdout]).toEqual([0, '']);
  expect((await flowloom(['user', 'role', 'bob@example.com', 'operator'])).code).toBe(0);
  const token = await flowloom(['token', 'create', '--user', 'ada@example.com', '--right', 'read']);
  expect([token.code, token.stdout]).toEqual([0, expect.stringMatching(/^flowloom_api_[\w-]{43}\n$/)]);
  expect((await flowloom(['token', 'list'])).stdout).toContain('for ada@example.com (read)');
  const { users } = JSON.parse((await flowloom(['user', 'list', '--json'])).stdout);
  expect(users).toMatchObject([
    { email: 'ada@example.com', role: 'security', groups: ['sre'], signsInWith: ['password'] },
    { email: 'bob@example.com', role: 'operator', groups: [] },
  ]);
  expect((await flowloom(['user', 'password', 'bob@example.com'])).code).toBe(0);
  expect((await flowloom(['user', 'remove', 'ada@example.com'])).code).toBe(0);
  expect((await flowloom(['user', 'remove', 'ada@example.com'])).code).toBe(1);
  expect((await flowloom(['token', 'list'])).stdout).not.toContain('ada@example.com');
});

it.each([
  [['create', 'nobody'], '', 'must be an e-mail address'],
  [['create', 'a@b.example', '--role', 'king'], '', 'there is no role "king"'],
  [['create', 'a@b.example', '--password-stdin'], 'short', 'must have 12 characters or more'],
  [['role', 'a@b.example', 'king'], '', 'there is no role "king"'],
])('cannot use %j', async (args, input, message) => {
  const ended = await flowloom(['user', ...args], input);
  expect([ended.code, ended.stderr.includes(message)]).toEqual([2, true]);
});
