import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { type Ended, runCommand } from '../../test/run-command.ts';

let database: TestDatabase;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  folder = mkdtempSync(join(tmpdir(), 'flowloom-inventory-'));
  mkdirSync(join(folder, 'all/deeper'), { recursive: true });
  writeFileSync(join(folder, 'all/shop.yaml'), account('cart'));
  writeFileSync(
    join(folder, 'all/deeper/bank.json'),
    '{"apiVersion":"v1","kind":"Namespace","metadata":{"name":"bank"}}',
  );
  writeFileSync(join(folder, 'all/README.md'), 'no manifest');
  writeFileSync(
    join(folder, 'wrong.yaml'),
    'apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: Wrong}\n',
  );
  mkdirSync(join(folder, 'empty'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await database.drop();
});

function account(name: string): string {
  return `apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: ${name}, namespace: shop}\n`;
}

/** Manifests on standard input are read from its file, which only a process of its own has. */
function inventory(args: readonly string[], input = ''): Promise<Ended> {
  const env = { DATABASE_URL: database.urls.owner };
  if (input === '') return runCommand(['inventory', ...args], { env });
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['bin/flowloom.js', 'inventory', ...args],
      { env: { ...process.env, ...env } },
      (_error, stdout, stderr) => resolve({ code: child.exitCode ?? -1, stdout, stderr }),
    );
    child.stdin?.end(input);
  });
}

it('applies a folder, standard input and what is left of a wrong set, and lists what was when', async () => {
  const first = await inventory(['apply', '-f', join(folder, 'all'), '--cluster', 'prod', '--json']);
  expect([first.code, JSON.parse(first.stdout)]).toMatchObject([
    0,
    { cluster: 'prod', added: 2, refused: 0 },
  ]);
  const { appliedAt } = JSON.parse(first.stdout);
  const both = await inventory(
    ['apply', '-f', '-', '-f', join(folder, 'wrong.yaml'), '--cluster', 'prod'],
    account('pay'),
  );
  expect(both.code).toBe(0);
  expect(both.stdout).toContain(
    `error: ${join(folder, 'wrong.yaml')}, document 1, line 3: metadata.name must be`,
  );
  expect(both.stdout).toMatch(/added {5}1\n.*unchanged 0\n.*refused {3}1\n/s);
  const pruned = await inventory(
    ['apply', '-f', '-', '--cluster', 'prod', '--prune=kinds', '--json'],
    account('pay'),
  );
  expect(JSON.parse(pruned.stdout)).toMatchObject({ unchanged: 1, removed: 1 });
  const now = await inventory(['list', '--cluster', 'prod']);
  expect(now.stdout).toMatch(
    /^CLUSTER .*\nprod .* Namespace .* bank .*\nprod .* ServiceAccount .* pay .*standard input:1\n$/,
  );
  const then = await inventory(['list', '--at', appliedAt, '--kind', 'ServiceAccount', '--json']);
  expect(JSON.parse(then.stdout)).toMatchObject({
    objects: [{ name: 'cart', namespace: 'shop' }],
    nextCursor: null,
  });
});

it('ends with 1 only where nothing could be applied', async () => {
  const wrong = await inventory(['apply', '-f', join(folder, 'wrong.yaml')]);
  expect([wrong.code, wrong.stdout.includes('nothing was applied to cluster default')]).toEqual([1, true]);
});

it.each([
  [['apply'], "required option '-f, --filename <path>' not specified"],
  [['apply', '-f', '/nowhere.yaml'], '/nowhere.yaml does not exist (nothing was applied)'],
  [['apply', '-f', 'EMPTY'], 'holds no file that ends in .yaml, .yml or .json'],
  [['apply', '-f', '-', '-f', '-'], 'standard input can be read once'],
  [['apply', '-f', '-', '--prune=some'], 'Allowed choices are all, kinds'],
  [['apply', '-f', '-', '--cluster', ' '], '--cluster: a name is needed'],
  [['list', '--at', 'yesterday'], '"yesterday" is no time'],
])('cannot use %j', async (args, message) => {
  const ended = await inventory(args.map((arg) => (arg === 'EMPTY' ? join(folder, 'empty') : arg)));
  expect([ended.code, ended.stderr]).toEqual([2, expect.stringContaining(message)]);
});
