import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AuditEventDocument, auditEventSchema, auditPageSchema } from '#lib/contracts/audit.ts';
import { endAudit, recordEvent } from '#lib/server/record-audit.ts';
import { makePerson } from '../../../../test/person.ts';
import { serverDatabase } from '../../../../test/server-database.ts';
import { withClient } from '../../../../test/with-client.ts';
import { GET as graph } from '../graph/route.ts';
import { POST as makeToken } from '../ingest-tokens/route.ts';
import { GET as exported } from './export/route.ts';
import { GET } from './route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
let authorization: string;

beforeAll(async () => {
  database = await serverDatabase();
  authorization = (await makePerson(database.urls)).bearer;
});
afterAll(async () => {
  await endAudit(database.urls);
  await database.close();
});

function requestOf(path: string, init: RequestInit = {}): Request {
  const headers = { host: '127.0.0.1:3000', authorization };
  return new Request(`http://127.0.0.1:3000/api/v1${path}`, { headers, ...init });
}

async function page(query: string) {
  const answer = await GET(requestOf(`/audit?${query}`));
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([200, 'no-store']);
  return auditPageSchema.parse(await answer.json());
}

async function lines(query: string): Promise<readonly AuditEventDocument[]> {
  const answer = await exported(requestOf(`/audit/export?${query}`));
  expect(answer.headers.get('content-disposition')).toMatch(
    /^attachment; filename="flowloom-audit-.*\.jsonl"$/,
  );
  const text = await answer.text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => auditEventSchema.parse(JSON.parse(line)));
}

function personOf(name: string) {
  return { kind: 'person', userId: name, email: `${name}@b.example`, tokenId: null } as const;
}

it('has a row of a read before its answer, also of one that finds nothing', async () => {
  const answer = await graph(requestOf('/graph?from=-1h&to=now&cluster=prod&namespace=shop'));
  expect(answer.status).toBe(200);
  const { events } = await page('namespace=shop&kind=flows-read');
  expect(events).toMatchObject([
    {
      kind: 'flows-read',
      question: '/graph',
      clusters: ['prod'],
      namespaces: ['shop'],
      actor: { kind: 'person' },
    },
  ]);
  await graph(requestOf('/graph?from=-2h&to=now&namespace=shop&cluster=prod'));
  expect((await page('namespace=shop&kind=flows-read')).events).toEqual(events);
});

it('finds reads of everything under each namespace, as they read that, too', async () => {
  await graph(requestOf('/graph?from=-1h&to=now'));
  const { events } = await page('namespace=payments&kind=flows-read');
  expect(events.map(({ namespaces, scope }) => [namespaces, scope])).toEqual([[[], { kind: 'estate' }]]);
});

it('tells of a token without its secret', async () => {
  const body = JSON.stringify({ cluster: 'prod', name: 'eu' });
  const made = await (await makeToken(requestOf('/ingest-tokens', { method: 'POST', body }))).json();
  const { events } = await page('kind=ingest-token-created');
  expect(events).toMatchObject([{ clusters: ['prod'], details: { id: made.id, name: 'eu' } }]);
  expect(JSON.stringify(events)).not.toContain(made.token.slice(-20));
});

it('pages and exports the same rows, each once, though more come meanwhile', async () => {
  const startMs = Date.UTC(2031, 0, 1);
  for (let index = 0; index < 23; index += 1) {
    const actor = personOf(index % 2 === 0 ? 'ana' : 'ben');
    // Five at each instant: the order within one must hold.
    await recordEvent(database.urls, { kind: 'sign-in', actor }, startMs + Math.floor(index / 5) * 1000);
  }
  const query = 'kind=sign-in&from=2031-01-01';
  const whole = await lines(query);
  expect(whole).toHaveLength(23);
  const paged: AuditEventDocument[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const next = await page(`${query}&limit=4${cursor === '' ? '' : `&cursor=${cursor}`}`);
    paged.push(...next.events);
    cursor = next.next;
    await recordEvent(database.urls, { kind: 'sign-in', actor: personOf('late') }, startMs + 60_000);
  }
  expect(paged).toEqual(whole);
  const anas = await lines(`${query}&actor=ANA@b.example`);
  expect(anas.map(({ id }) => id)).toEqual(
    whole.filter(({ actor }) => actor.userId === 'ana').map(({ id }) => id),
  );
  expect(await lines(`${query}&actor=ben&to=2031-01-01T00:00:01Z`)).toHaveLength(2);
});

it.each([
  ['kind=gossip', 'kind'],
  ['cursor=1', 'cursor'],
  ['from=yesterday', 'from'],
  ['limit=0', 'limit'],
  ['actor=', 'actor'],
  ['namespace=%00', 'namespace'],
  ['user=ana', 'user'],
])('refuses ?%s and names the field', async (query, field) => {
  const answer = await GET(requestOf(`/audit?${query}`));
  expect([answer.status, (await answer.json()).field]).toEqual([400, field]);
});

it('answers no read that it cannot write down', async () => {
  const { owner } = database.urls;
  await withClient(owner, (client) => client.query('REVOKE INSERT ON audit_event FROM flowloom_writer'));
  try {
    const refused = await graph(requestOf('/graph?from=-1h&to=now&namespace=unwritten'));
    expect([refused.status, (await refused.text()).includes('nodes')]).toEqual([500, false]);
    const made = await makeToken(
      requestOf('/ingest-tokens', { method: 'POST', body: JSON.stringify({ cluster: 'quiet' }) }),
    );
    expect([made.status, (await made.text()).includes('flowloom_ingest')]).toEqual([500, false]);
  } finally {
    await withClient(owner, (client) => client.query('GRANT INSERT ON audit_event TO flowloom_writer'));
  }
  const again = await graph(requestOf('/graph?from=-1h&to=now&namespace=unwritten'));
  expect(again.status).toBe(200);
});
