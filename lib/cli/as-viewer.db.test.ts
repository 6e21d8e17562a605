import { afterAll, beforeAll, expect, it } from 'vitest';
import { rejectedSchema } from '#lib/contracts/rejected.ts';
import { sourcesSchema } from '#lib/contracts/sources.ts';
import { putBinding } from '#lib/server/change-binding.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { makePerson } from '../../test/person.ts';
import { calicoLine } from '../../test/policy-estate.ts';
import { type Ended, runCommand } from '../../test/run-command.ts';

let database: TestDatabase;
let operator: string;

beforeAll(async () => {
  database = await freshDatabase();
  const nowMs = Date.now();
  const what = { atMs: nowMs - 600_000, port: 80, action: 'allow', hits: { enforced: [] } } as const;
  for (const [cluster, from, to] of [
    ['prod', 'shop/web', 'shop/cart'],
    ['other', 'vault/a', 'vault/b'],
  ] as const) {
    const text = `${calicoLine(from, to, what)}\nbroken in ${cluster}\n`;
    await ingestText(database, text, { format: 'calico', namedCluster: cluster });
  }
  const bind = async (
    name: string,
    scope: { readonly clusters: string[]; readonly namespaces?: string[] },
  ) => {
    const subjects = [{ kind: 'User' as const, name }];
    await putBinding(database.urls, { name, role: 'team', subjects, scopes: [scope] }, nowMs);
  };
  await bind('ada@corp.example', { clusters: ['prod'], namespaces: ['shop'] });
  await bind('cy@corp.example', { clusters: ['prod'] });
  operator = (await makePerson(database.urls, { role: 'operator' })).email;
});
afterAll(() => database.drop());

function flowloom(...args: readonly string[]): Promise<Ended> {
  const env = { DATABASE_URL: database.urls.owner, FLOWLOOM_DEMO: 'off' };
  return runCommand(args, { env });
}

const json = ({ stdout }: Ended): unknown => JSON.parse(stdout);

it('narrows sources to what somebody sees, and never widens', async () => {
  const clusters = async (...as: readonly string[]) =>
    sourcesSchema
      .parse(json(await flowloom('sources', '--json', ...as)))
      .sources.map(({ cluster }) => cluster)
      .sort();
  expect(await clusters()).toEqual(['other', 'prod']);
  expect(await clusters('--as', operator)).toEqual(['other', 'prod']);
  expect(await clusters('--as', 'cy@corp.example')).toEqual(['prod']);
  // Collectors are of a whole cluster.
  expect(await clusters('--as', 'ada@corp.example')).toEqual([]);
  const text = await flowloom('sources', '--as', 'ada@corp.example');
  expect([text.code, text.stdout]).toEqual([0, expect.stringContaining('ada@corp.example sees no source')]);
  const refused = await flowloom('sources', '--as', 'nobody@corp.example');
  expect([refused.code, refused.stdout]).toEqual([1, '']);
  expect(refused.stderr).toContain(
    'nobody@corp.example may not see sources: that takes the right sources or read',
  );
});

it('shows rejected lines to whoever may see them over HTTP, and to nobody else', async () => {
  const lines = async (...as: readonly string[]) =>
    rejectedSchema.parse(json(await flowloom('rejected', '--json', ...as))).kept.map((line) => line.content);
  expect((await lines()).sort()).toEqual(['broken in other', 'broken in prod']);
  expect((await lines('--as', operator)).sort()).toEqual(['broken in other', 'broken in prod']);
  const refused = await flowloom('rejected', '--as', 'ada@corp.example', '--json');
  expect([refused.code, refused.stdout]).toEqual([1, '']);
  expect(refused.stderr).toContain('may not see rejected lines: that takes the right sources');
  const { events } = JSON.parse((await flowloom('audit', 'list', '--kind', 'flows-read', '--json')).stdout);
  expect(events[0]).toMatchObject({ question: 'flowloom rejected', details: { as: 'ada@corp.example' } });
});

it.each([
  [['rejected', 'retry', '--as', 'ada@corp.example'], '--as: retry has no such option'],
  [['rejected', '--as', 'ada@corp.example', 'retry'], '--as: retry has no such option'],
  [['sources', '--group', 'shop'], '--group says more of a person: name one with --as'],
])('cannot use %j', async (args, message) => {
  const { code, stderr } = await flowloom(...args);
  expect([code, stderr]).toEqual([2, expect.stringContaining(message)]);
});
