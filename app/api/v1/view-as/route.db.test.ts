import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { RouteHandler } from '#lib/http/route.ts';
import { makePerson, type TestPerson } from '../../../../test/person.ts';
import { browserOf, serverDatabase } from '../../../../test/server-database.ts';
import { withClient } from '../../../../test/with-client.ts';
import * as me from '../access/me/route.ts';
import * as graph from '../graph/route.ts';
import * as people from '../people/route.ts';
import * as explain from '../policy/explain/route.ts';
import * as session from '../session/route.ts';
import * as signOut from '../sign-out/route.ts';
import * as tokens from '../tokens/route.ts';
import * as viewAs from './route.ts';

type Headers = Readonly<Record<string, string>>;

let database: Awaited<ReturnType<typeof serverDatabase>>;
let admin: TestPerson;
let other: TestPerson;
let browser: Headers;

beforeAll(async () => {
  database = await serverDatabase();
});
afterAll(() => database.close());
beforeEach(async () => {
  admin = await makePerson(database.urls);
  other = await makePerson(database.urls, { role: 'team' });
  browser = await browserOf(admin);
});

type Asked = {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Headers;
  readonly query?: string;
};

async function ask(
  handler: RouteHandler,
  { method = 'GET', body, headers = browser, query = '' }: Asked = {},
) {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await handler(
    new Request(`http://127.0.0.1:3000/api/v1/graph${query}`, { method, headers, ...sent }),
  );
  const document: unknown = await answer.json();
  return { status: answer.status, document };
}

async function begin(headers: Headers = browser, email = other.email) {
  return await ask(viewAs.POST, { method: 'POST', body: { email }, headers });
}

const run = (text: string, values: readonly unknown[] = []) =>
  withClient(database.urls.owner, async (client) => (await client.query(text, [...values])).rows);

const ofTeam = { rights: ['export', 'read', 'share', 'simulate'] };

it('answers every read with the access of the other, and says so', async () => {
  expect((await begin()).status).toBe(200);
  expect((await ask(session.GET)).document).toMatchObject({
    ...ofTeam,
    email: admin.email,
    viewsAs: other.email,
  });
  expect((await ask(me.GET)).document).toMatchObject({ user: other.email });
  expect((await ask(people.GET)).document).toMatchObject({ status: 403, code: 'not-allowed' });
});

it('never gives more than the other has, nor a right that was lost since', async () => {
  const nobody = await makePerson(database.urls, { role: null });
  await begin(browser, nobody.email);
  expect((await ask(graph.GET, { query: '?from=-1h&to=now' })).status).toBe(403);
  await run('UPDATE app_user SET role = $2 WHERE email = $1', [admin.email, 'viewer']);
  expect((await ask(session.GET)).document).toMatchObject({ rights: ['read'], viewsAs: null });
});

it('refuses every change, whatever the other may do, and what is the admin’s own', async () => {
  await begin(browser, (await makePerson(database.urls)).email);
  const body = { email: 'eve@view.example' };
  const refused = { status: 403, code: 'viewing-as' };
  expect((await ask(people.POST, { method: 'POST', body })).document).toMatchObject(refused);
  expect((await ask(people.PATCH, { method: 'PATCH', body })).document).toMatchObject(refused);
  expect((await ask(people.DELETE, { method: 'DELETE' })).document).toMatchObject(refused);
  expect((await ask(tokens.POST, { method: 'POST', body: {} })).document).toMatchObject(refused);
  expect((await ask(tokens.GET)).document).toMatchObject(refused);
  // A question that takes a body is none.
  const reach = { cluster: 'c1', from: 'shop/web', to: 'shop/cart', port: 80 };
  const asked = await ask(explain.POST, { method: 'POST', body: reach });
  expect(asked.document).toMatchObject({ status: 400, field: 'from' });
  // Another is chosen after coming back.
  expect((await begin()).document).toMatchObject(refused);
  expect(await run('SELECT FROM app_user WHERE email = $1', [body.email])).toEqual([]);
});

it('is of one session: others of the admin, and tokens, stay who they are', async () => {
  await begin();
  const own = { viewsAs: null, rights: expect.arrayContaining(['access']) };
  expect((await ask(session.GET, { headers: await browserOf(admin) })).document).toMatchObject(own);
  const both = { ...browser, authorization: admin.bearer };
  expect((await ask(session.GET, { headers: both })).document).toMatchObject(own);
});

it('ends when it is ended, with the other, and with the session', async () => {
  const shown = async () => (await ask(session.GET)).document;
  await begin();
  expect((await ask(viewAs.DELETE, { method: 'DELETE' })).status).toBe(200);
  expect(await shown()).toMatchObject({ viewsAs: null });
  expect((await ask(viewAs.DELETE, { method: 'DELETE' })).status).toBe(200);
  await begin();
  await run('DELETE FROM app_user WHERE email = $1', [other.email]);
  expect(await shown()).toMatchObject({ viewsAs: null });
  const third = await makePerson(database.urls, { role: 'viewer' });
  await begin(browser, third.email);
  expect((await ask(signOut.POST, { method: 'POST' })).status).toBe(200);
  expect((await ask(session.GET)).status).toBe(401);
  const rows = `SELECT FROM view_as JOIN app_user u ON u.id = user_id WHERE u.email = $1`;
  expect(await run(rows, [third.email])).toEqual([]);
});

it('is audited from begin to end, and what is read meanwhile says as whom', async () => {
  const query = '?from=-1h&to=now';
  await ask(graph.GET, { query });
  await begin();
  await ask(graph.GET, { query });
  await ask(viewAs.DELETE, { method: 'DELETE' });
  const told = await run('SELECT kind, details FROM audit_event WHERE email = $1 ORDER BY id', [admin.email]);
  expect(told).toEqual([
    { kind: 'flows-read', details: {} },
    { kind: 'view-as', details: { as: other.email, change: 'begun' } },
    { kind: 'flows-read', details: { as: other.email } },
    { kind: 'view-as', details: { as: other.email, change: 'ended' } },
  ]);
});

it('is for whoever has the right, at a browser, and of somebody else who is there', async () => {
  const security = await browserOf(await makePerson(database.urls, { role: 'security' }));
  expect((await begin(security)).document).toMatchObject({ status: 403, code: 'not-allowed' });
  const token = { authorization: admin.bearer };
  expect((await begin(token)).document).toMatchObject({ status: 403, code: 'not-allowed' });
  expect((await begin({ ...browser, ...token })).status).toBe(403);
  expect((await begin(browser, admin.email)).document).toMatchObject({ status: 400, field: 'email' });
  expect((await begin(browser, 'nobody@view.example')).status).toBe(404);
  expect((await begin({ ...browser, origin: 'https://evil.example' })).status).toBe(403);
  expect((await ask(session.GET)).document).toMatchObject({ viewsAs: null });
});
