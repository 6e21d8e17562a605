import { randomUUID } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Role } from '#lib/access/roles.ts';
import { graphSchema } from '#lib/contracts/graph.ts';
import { sessionSchema } from '#lib/contracts/sign-in.ts';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { putBinding } from '#lib/server/change-binding.ts';
import { endAudit } from '#lib/server/record-audit.ts';
import { ingestText } from '../../../../../test/ingest-text.ts';
import { makePerson } from '../../../../../test/person.ts';
import { serverDatabase } from '../../../../../test/server-database.ts';
import { GET as session } from '../../session/route.ts';
import { GET as graph } from '../route.ts';
import { GET } from './route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;

const toMs = Date.now();
const window = `from=${new Date(toMs - 7_200_000).toISOString()}&to=${new Date(toMs).toISOString()}`;

beforeAll(async () => {
  database = await serverDatabase();
  const size = { flows: 2_000, namespaces: 8, workloads: null, fromMs: toMs - 3_600_000, toMs };
  const lines = [...generateLines({ ...size, seed: 1, format: 'calico' })];
  await ingestText(database, `${lines.join('\n')}\n`, { format: 'calico' });
});
afterAll(async () => {
  await endAudit(database.urls);
  await database.close();
});

type Handler = (request: Request) => Promise<Response>;

function ask(handler: Handler, path: string, authorization: string): Promise<Response> {
  const headers = { host: '127.0.0.1:3000', authorization };
  return handler(new Request(`http://127.0.0.1:3000/api/v1${path}`, { headers }));
}

/** Somebody with a role in each of these namespaces. */
async function somebody(roles: readonly (readonly [Role, string])[]): Promise<string> {
  const { email, bearer } = await makePerson(database.urls, { role: null });
  for (const [role, namespace] of roles) {
    const scopes = [{ clusters: ['c1'], namespaces: [namespace] }];
    const subjects = [{ kind: 'User' as const, name: email }];
    await putBinding(database.urls, { name: randomUUID(), role, subjects, scopes }, toMs);
  }
  return bearer;
}

it.each([
  ['csv', 'text/csv'],
  ['json', 'application/json'],
  ['graphml', 'application/graphml+xml'],
  ['mermaid', 'text/vnd.mermaid'],
  ['dot', 'text/vnd.graphviz'],
  ['svg', 'image/svg+xml'],
])('answers %s as a file, with the same bytes for the same data', async (format, type) => {
  const { bearer } = await makePerson(database.urls);
  const [first, second] = [
    await ask(GET, `/graph/export?${window}&format=${format}`, bearer),
    await ask(GET, `/graph/export?${window}&format=${format}`, bearer),
  ];
  expect(first.status).toBe(200);
  expect(first.headers.get('content-type')).toContain(type);
  expect(first.headers.get('content-disposition')).toMatch(
    /^attachment; filename="flowloom-c1-\d{8}T\d{4}Z-\d{8}T\d{4}Z\.[a-z]+"$/,
  );
  expect(await first.text()).toBe(await second.text());
});

it('takes the overlay of one policy, as the graph does', async () => {
  const { bearer } = await makePerson(database.urls);
  const overlay = 'policy:c1/NetworkPolicy/shop/web';
  const answer = await ask(GET, `/graph/export?${window}&format=json&overlay=${overlay}`, bearer);
  expect(graphSchema.parse(await answer.json()).overlay).toMatchObject({ name: overlay, selected: null });
});

it('says what is wrong with a format, a theme or an overlay', async () => {
  const { bearer } = await makePerson(database.urls);
  for (const wrong of [
    'format=png',
    'format=svg&theme=blue',
    'format=csv&overlay=draft:abcdefgh',
    'format=dot&x=1',
  ]) {
    const answer = await ask(GET, `/graph/export?${window}&${wrong}`, bearer);
    expect([wrong, answer.status]).toEqual([wrong, 400]);
  }
});

it('refuses whoever may only read', async () => {
  const reading = await somebody([['viewer', 'frontend']]);
  expect((await ask(graph, `/graph?${window}`, reading)).status).toBe(200);
  expect((await ask(GET, `/graph/export?${window}&format=csv`, reading)).status).toBe(403);
});

it('gives whoever may export a part of what they read that part, and tells the screen so', async () => {
  const both = await somebody([
    ['viewer', 'frontend'],
    ['team', 'cartservice'],
  ]);
  const read = graphSchema.parse(await (await ask(graph, `/graph?${window}`, both)).json());
  expect(read.edges.some(({ source }) => source === 'c1/namespace/frontend')).toBe(true);
  const csv = await (await ask(GET, `/graph/export?${window}&format=csv`, both)).text();
  const rows: readonly Record<string, string>[] = parse(csv, { columns: true });
  expect(rows.length).toBeGreaterThan(0);
  for (const { source_id, target_id } of rows) {
    expect([source_id, target_id]).toContain('c1/namespace/cartservice');
  }
  const told = async (bearer: string) =>
    sessionSchema.parse(await (await ask(session, '/session', bearer)).json()).exportsAll;
  expect(await told(both)).toBe(false);
  expect(await told(await somebody([['team', 'cartservice']]))).toBe(true);
  expect(await told(await somebody([['viewer', 'cartservice']]))).toBe(false);
});
