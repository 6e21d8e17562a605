import { rmSync } from 'node:fs';
import { expect, it } from 'vitest';
import { commands } from '../../test/commands.ts';

const { file, flowloom, folder } = commands('access');

const binding = (role: string) => `apiVersion: flowloom/v1
kind: RoleBinding
metadata: {name: shop-team}
role: ${role}
subjects: [{kind: User, name: ada@corp.example}]
scopes: [{clusters: [prod], namespaces: [shop]}]
`;

it('applies a folder and answers whether, why and why not', async () => {
  const path = file('a.yaml', binding('team'));
  expect(await flowloom('access', 'apply', '-f', folder)).toMatchObject({ code: 0, stderr: '' });
  const yes = await flowloom('access', 'can', 'ada@corp.example', '--namespace', 'shop', '--cluster', 'prod');
  expect([yes.code, yes.stdout]).toEqual([0, expect.stringMatching(/^yes: .*\n {2}by binding shop-team/)]);
  const no = await flowloom(
    'access',
    'can',
    'bob@corp.example',
    '--namespace',
    'shop',
    '--cluster',
    'prod',
    '--json',
  );
  expect([no.code, JSON.parse(no.stdout)]).toMatchObject([
    1,
    { allowed: false, othersBy: [{ name: 'shop-team' }] },
  ]);
  const list = await flowloom('access', 'list', '--json');
  expect(JSON.parse(list.stdout)).toMatchObject({ bindings: [{ name: 'shop-team' }], groups: [] });
  const graph = await flowloom('graph', '--from', '-1h', '--to', 'now', '--as', 'ada@corp.example', '--json');
  expect([graph.code, JSON.parse(graph.stdout).nodes]).toEqual([0, []]);
  // What is wrong keeps out everything, and says where it stands.
  file('b.yaml', binding('king'));
  const wrong = await flowloom('access', 'apply', '-f', folder);
  expect([wrong.code, wrong.stdout]).toEqual([
    1,
    expect.stringMatching(/b\.yaml, document 1, line 4, role: .*king/),
  ]);
  expect(await flowloom('access', 'remove')).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('1 object'),
  });
  const after = await flowloom(
    'access',
    'can',
    'ada@corp.example',
    '--namespace',
    'shop',
    '--cluster',
    'prod',
  );
  expect(after.code).toBe(1);
  rmSync(path);
});

it.each([
  [['apply'], '--filename'],
  [['apply', '-f', 'no-such-file.yaml'], 'does not exist'],
  [['can', 'ada@corp.example'], '--namespace'],
  [['can', 'ada@corp.example', '--namespace', 'a', '--right', 'fly'], 'share:public'],
])('ends with 2 for access %j', async (args, reason) => {
  const { code, stderr } = await flowloom('access', ...args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(reason)]);
});
