import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { type Ended, runCommand } from '../../test/run-command.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

function token(...args: readonly string[]): Promise<Ended> {
  return runCommand(['token', ...args], { env: { DATABASE_URL: database.urls.owner } });
}

it('makes a token, lists it without its secret, and revokes it', async () => {
  const created = await token(
    'create',
    '--ingest',
    '--cluster',
    'prod',
    '--name',
    'eu-1',
    '--expires',
    '30d',
  );
  expect(created.code).toBe(0);
  expect(created.stdout).toMatch(/^flowloom_ingest_[\w-]{43}\n$/);
  const listed = await token('list');
  expect(listed.stdout).toMatch(/^[\da-f]{10} {2}into prod {2}until .* never used {2}eu-1\n$/);
  const id = listed.stdout.slice(0, 10);
  expect((await token('revoke', id)).code).toBe(0);
  const { tokens } = JSON.parse((await token('list', '--json')).stdout);
  expect(tokens).toMatchObject([{ id, cluster: 'prod', state: 'revoked' }]);
  expect((await token('revoke', 'nobody')).code).toBe(1);
});

it.each([
  [['create', '--cluster', 'prod'], 'either --ingest or --user is needed'],
  [['create', '--ingest'], '--cluster: a name is needed'],
  [['create', '--ingest', '--cluster', 'prod', '--expires', 'soon'], '--expires: must be a number'],
  [['create', '--ingest', '--user', 'a@b.example'], 'either --ingest or --user is needed'],
  [['create', '--ingest', '--cluster', 'prod', '--right', 'read'], '--right goes with --user'],
  [['create', '--user', 'a@b.example', '--cluster', 'prod'], '--cluster goes with --ingest'],
  [['create', '--user', 'nobody'], 'must be an e-mail address'],
  [['create', '--user', 'a@b.example', '--right', 'everything'], 'there is no right "everything"'],
])('cannot use %j', async (args, message) => {
  const ended = await token(...args);
  expect([ended.code, ended.stderr.includes(message)]).toEqual([2, true]);
});
