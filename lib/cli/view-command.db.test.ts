import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commands } from '../../test/commands.ts';
import { makePerson } from '../../test/person.ts';
import { withClient } from '../../test/with-client.ts';

const { file, flowloom, folder, urls } = commands('views');

const good = `apiVersion: projectcalico.org/v3
kind: UISettingsGroup
metadata: {name: team-front, annotations: {flowloom/team: front}}
spec: {description: Team front, filterType: None}
---
apiVersion: projectcalico.org/v3
kind: UISettings
metadata: {name: team-front.money}
spec:
  group: team-front
  description: Money
  layer: {nodes: [{id: namespace/bank, type: namespace, name: bank}]}
---
apiVersion: projectcalico.org/v3
kind: UISettings
metadata:
  name: team-front.morning
  annotations: {flowloom/query: "?cluster=prod&last=24h&overlay=policy", flowloom/default: "true"}
spec:
  group: team-front
  description: Morning
  view:
    expandPorts: false
    layoutType: grouped
    layers: ["Money:bank"]
    nodes: [{id: prod/namespace/shop, type: namespace, name: shop, inFocus: true, expanded: true}]
`;

it('imports what an export writes, again and again', async () => {
  expect(await flowloom('view', 'import', '-f', file('good.yaml', good))).toMatchObject({
    code: 0,
    stdout: '1 view and 1 layer imported.\n',
    stderr: '',
  });
  const shown = JSON.parse((await flowloom('view', 'export', '--json')).stdout);
  expect(shown).toEqual({
    views: [
      {
        name: 'Morning',
        audience: { kind: 'team', team: 'front' },
        isDefault: true,
        query:
          '?cluster=prod&last=24h&expand=prod/namespace/shop&layer=Money:bank&node=prod/namespace/shop&layout=grouped&overlay=policy',
        places: null,
      },
    ],
    layers: [
      { name: 'Money', audience: { kind: 'team', team: 'front' }, namespaces: ['bank'], selector: null },
    ],
  });
  const first = (await flowloom('view', 'export')).stdout;
  const path = join(folder, 'out.yaml');
  await flowloom('view', 'export', '-f', path);
  expect(readFileSync(path, 'utf8')).toBe(first);
  expect((await flowloom('view', 'import', '-f', path)).code).toBe(0);
  expect((await flowloom('view', 'export')).stdout).toBe(first);
});

it('makes what it puts into a view nobody’s own', async () => {
  const { email } = await makePerson(urls());
  const path = file('good.yaml', good);
  await flowloom('view', 'import', '-f', path);
  const ownersOf = (table: string) => `SELECT DISTINCT owner_id AS owner FROM ${table}`;
  await withClient(urls().owner, async (client) => {
    for (const table of ['saved_view', 'layer'])
      await client.query(`UPDATE ${table} SET owner_id = (SELECT id FROM app_user WHERE email = $1)`, [
        email,
      ]);
    await flowloom('view', 'import', '-f', path);
    for (const table of ['saved_view', 'layer'])
      expect((await client.query(ownersOf(table))).rows).toEqual([{ owner: null }]);
  });
});

it('imports nothing where anything is wrong, and says where it stands', async () => {
  const bad = `${good}---
apiVersion: projectcalico.org/v3
kind: UISettings
metadata: {name: other.x}
spec: {group: other, description: X, view: {expandPorts: maybe}}
---
kind: ConfigMap
---
apiVersion: projectcalico.org/v3
kind: UISettings
metadata: {name: team-front.both}
spec:
  group: team-front
  description: Both
  layer: {nodes: [{type: namespace, name: bank}], namespaceSelector: {matchLabels: {team: money}}}
`;
  const before = (await flowloom('view', 'export')).stdout;
  const path = file('bad.yaml', bad.replace('description: Morning', 'description: Evening'));
  const { code, stdout } = await flowloom('view', 'import', '-f', path);
  expect(code).toBe(1);
  expect(stdout).toContain(`error ${path}, document 4, line 31, spec.group: there is no group other`);
  expect(stdout).toContain(`error ${path}, document 5, line 33, kind: only UISettings`);
  expect(stdout).toContain(`error ${path}, document 6, line 41, spec.layer: layer: give namespaces or`);
  expect(stdout).toContain('Nothing was imported');
  expect((await flowloom('view', 'export')).stdout).toBe(before);
});

it('refuses what holds no view', async () => {
  expect((await flowloom('view', 'import', '-f', file('empty.yaml', ''))).code).toBe(2);
});
