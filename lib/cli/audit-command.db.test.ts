import { userInfo } from 'node:os';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditPageSchema } from '#lib/contracts/audit.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { type Ended, runCommand } from '../../test/run-command.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

function flowloom(...args: readonly string[]): Promise<Ended> {
  const env = { DATABASE_URL: database.urls.owner, FLOWLOOM_DEMO: 'off', SUDO_USER: '' };
  return runCommand(args, { env });
}

it('tells what the operator read and did, newest first', async () => {
  expect((await flowloom('graph', '--from', '-1h', '--to', 'now', '--namespace', 'shop')).code).toBe(0);
  const token = (await flowloom('token', 'create', '--ingest', '--cluster', 'prod')).stdout.trim();
  const tokens = JSON.parse((await flowloom('token', 'list', '--json')).stdout);
  await flowloom('token', 'revoke', tokens.tokens[0].id);
  await flowloom('purge', '--cluster', 'prod', '--namespace', 'shop', '--yes');
  await flowloom('batch', 'undo', '12', '--yes');
  await flowloom('demo', 'remove');
  await flowloom('rejected', '--cluster', 'prod');
  const { stdout } = await flowloom('audit', 'list', '--json');
  const { events } = auditPageSchema.parse(JSON.parse(stdout));
  expect(
    events.map(({ kind, question, clusters, namespaces }) => [kind, question, clusters, namespaces]),
  ).toEqual([
    ['audit-read', 'flowloom audit list', [], []],
    ['flows-read', 'flowloom rejected', ['prod'], []],
    ['demo-removed', null, ['demo'], []],
    ['batch-undone', null, [], []],
    ['purge', null, ['prod'], ['shop']],
    ['ingest-token-revoked', null, ['prod'], []],
    ['ingest-token-created', null, ['prod'], []],
    ['flows-read', 'flowloom graph', [], ['shop']],
  ]);
  expect(new Set(events.map(({ details }) => details.account))).toEqual(new Set([userInfo().username]));
  expect(stdout).not.toContain(token.slice(-20));
  // A read of everything is one of each namespace, here as over HTTP.
  const reads = await flowloom('audit', 'list', '--namespace', 'payments', '--kind', 'flows-read', '--json');
  expect(JSON.parse(reads.stdout).events).toMatchObject([
    { question: 'flowloom rejected', scope: { kind: 'estate' } },
  ]);
  const shown = await flowloom('audit', 'list', '--kind', 'purge', '--namespace', 'shop');
  expect(shown.stdout).toMatch(/^\S+Z {2}purge {2}operator \(.+\) {2}prod shop {2}forget=false\n$/);
});

it.each([
  [['list', '--kind', 'gossip'], 'Allowed choices are'],
  [['list', '--from', 'yesterday'], '--from: "yesterday" is no time'],
  [['list', '--limit', '0'], 'a number from 1'],
])('cannot use %j', async (args, message) => {
  const ended = await flowloom('audit', ...args);
  expect([ended.code, ended.stderr.includes(message)]).toEqual([2, true]);
});
