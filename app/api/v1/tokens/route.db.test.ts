import { afterAll, beforeAll, expect, it } from 'vitest';
import { apiTokensSchema, createdApiTokenSchema } from '#lib/contracts/api-token.ts';
import { makePerson, type TestPerson } from '../../../../test/person.ts';
import { browserOf, serverDatabase } from '../../../../test/server-database.ts';
import { withClient } from '../../../../test/with-client.ts';
import { GET as sources } from '../sources/route.ts';
import { DELETE, GET, POST } from './route.ts';

type Headers = Readonly<Record<string, string>>;

let database: Awaited<ReturnType<typeof serverDatabase>>;
let person: TestPerson;
let browser: Headers;

beforeAll(async () => {
  database = await serverDatabase();
  person = await makePerson(database.urls, { role: 'security' });
  browser = await browserOf(person);
});
afterAll(() => database.close());

async function ask(method: 'GET' | 'POST' | 'DELETE', headers: Headers, body: unknown = null, query = '') {
  const init = { method, headers, ...(body === null ? {} : { body: JSON.stringify(body) }) };
  return await { GET, POST, DELETE }[method](
    new Request(`http://127.0.0.1:3000/api/v1/tokens${query}`, init),
  );
}

async function statusWith(token: string): Promise<number> {
  const headers = { authorization: `Bearer ${token}` };
  return (await sources(new Request('http://127.0.0.1:3000/api/v1/sources', { headers }))).status;
}

it('shows a secret once, keeps its hash, and takes it until it is revoked', async () => {
  const answer = await ask('POST', browser, { name: 'nightly' });
  expect(answer.status).toBe(201);
  const { token, ...shown } = createdApiTokenSchema.parse(await answer.json());
  expect(shown).toMatchObject({ user: person.email, name: 'nightly', rights: ['read'], state: 'active' });
  expect(await statusWith(token)).toBe(200);
  const listed = await (await ask('GET', browser)).text();
  expect(listed).not.toContain(token);
  const [listedFirst] = apiTokensSchema.parse(JSON.parse(listed)).tokens;
  expect(listedFirst).toMatchObject({ id: shown.id, lastUsedAt: expect.any(String) });
  const rows = await withClient(database.urls.owner, async (client) =>
    (await client.query('SELECT t::text AS row FROM api_token t')).rows.map(({ row }) => row).join(),
  );
  expect(rows).not.toContain(token.slice(-43));
  const revoked = await ask('DELETE', browser, null, `?id=${shown.id}`);
  expect(await revoked.json()).toMatchObject({ state: 'revoked' });
  expect(await statusWith(token)).toBe(401);
});

it('refuses one that has expired, and one that is forged', async () => {
  const { token, id } = createdApiTokenSchema.parse(await (await ask('POST', browser, {})).json());
  expect(await statusWith(`${token}x`)).toBe(401);
  expect(await statusWith(token.slice(0, -1))).toBe(401);
  await withClient(database.urls.owner, (client) =>
    client.query('UPDATE api_token SET expires_at = now() WHERE id = $1', [id]),
  );
  expect(await statusWith(token)).toBe(401);
});

it('gives no more than its holder has, and loses what they lose', async () => {
  const more = await ask('POST', browser, { rights: ['read', 'sources'] });
  expect([more.status, (await more.json()).field]).toEqual([400, 'rights']);
  const leaving = await makePerson(database.urls, { role: 'security' });
  const token = leaving.bearer.slice('Bearer '.length);
  expect(await statusWith(token)).toBe(200);
  await withClient(database.urls.owner, (client) =>
    client.query('UPDATE app_user SET role = NULL WHERE email = $1', [leaving.email]),
  );
  expect(await statusWith(token)).toBe(403);
});

it('leaves tokens to a browser: a token makes none, and nobody touches another’s', async () => {
  const bearer = { authorization: person.bearer };
  expect((await ask('POST', bearer, {})).status).toBe(403);
  expect((await ask('GET', bearer)).status).toBe(403);
  const { id } = createdApiTokenSchema.parse(await (await ask('POST', browser, {})).json());
  const other = await browserOf(await makePerson(database.urls));
  expect((await ask('DELETE', other, null, `?id=${id}`)).status).toBe(404);
  expect(
    apiTokensSchema.parse(await (await ask('GET', other)).json()).tokens.map((one) => one.id),
  ).not.toContain(id);
});

it.each([[{ rights: [] }], [{ expires: 'never' }], [{ rights: ['everything'] }], [{ user: 'x' }], [[]]])(
  'refuses %j',
  async (body) => {
    const answer = await ask('POST', browser, body);
    expect([answer.status, (await answer.json()).code]).toEqual([400, 'bad-body']);
  },
);
