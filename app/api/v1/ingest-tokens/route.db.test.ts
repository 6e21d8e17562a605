import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createdIngestTokenSchema, ingestTokensSchema } from '#lib/contracts/ingest-token.ts';
import { makePerson } from '../../../../test/person.ts';
import { serverDatabase } from '../../../../test/server-database.ts';
import { DELETE, GET, POST } from './route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
let authorization: string;

beforeAll(async () => {
  database = await serverDatabase();
  authorization = (await makePerson(database.urls)).bearer;
});
afterAll(() => database.close());

async function ask(method: 'GET' | 'POST' | 'DELETE', body: unknown = null, query = ''): Promise<Response> {
  const address = `http://127.0.0.1:3000/api/v1/ingest-tokens${query}`;
  const init = { method, headers: { host: '127.0.0.1:3000', authorization } };
  const request = new Request(address, body === null ? init : { ...init, body: JSON.stringify(body) });
  return await { GET, POST, DELETE }[method](request);
}

async function run(text: string, url = database.urls.owner): Promise<pg.QueryResult> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await client.query(text);
  } finally {
    await client.end();
  }
}

it('shows the secret of a new token once and keeps only its hash', async () => {
  const answer = await ask('POST', { cluster: ' prod ', name: 'eu-1', expires: '30d' });
  expect([answer.status, answer.headers.get('cache-control')]).toEqual([201, 'no-store']);
  const { token, ...shown } = createdIngestTokenSchema.parse(await answer.json());
  expect(token).toMatch(/^flowloom_ingest_[\w-]{43}$/);
  expect(shown).toMatchObject({ cluster: 'prod', name: 'eu-1', state: 'active', lastUsedAt: null });
  expect(Date.parse(shown.expiresAt) - Date.parse(shown.createdAt)).toBe(30 * 86_400_000);
  const listed = await (await ask('GET')).text();
  expect(ingestTokensSchema.parse(JSON.parse(listed)).tokens).toEqual([shown]);
  expect(listed).not.toContain(token);
  const { rows } = await run('SELECT t::text AS row FROM ingest_token t');
  expect(rows[0].row).not.toContain(token.slice(-43));
  await expect(run('SELECT secret_hash FROM ingest_token', database.urls.reader)).rejects.toThrow(
    /permission denied/,
  );
});

it('revokes a token, and says so again', async () => {
  const { id } = createdIngestTokenSchema.parse(await (await ask('POST', { cluster: 'prod' })).json());
  const first = await (await ask('DELETE', null, `?id=${id}`)).json();
  expect(first).toMatchObject({ id, state: 'revoked' });
  expect(await (await ask('DELETE', null, `?id=${id}`)).json()).toEqual(first);
  const { tokens } = ingestTokensSchema.parse(await (await ask('GET')).json());
  expect(tokens.find((token) => token.id === id)).toEqual(first);
});

it.each([
  [{ cluster: '' }, 'cluster'],
  [{ cluster: 'prod', expires: 'never' }, 'expires'],
  [{ cluster: 'prod', expires: '0d' }, 'expires'],
  [{ cluster: 'prod', expires: '4000d' }, 'expires'],
  [{ cluster: 'prod', scope: 'all' }, 'scope'],
  [[], ''],
])('refuses %j and names the field', async (body, field) => {
  const answer = await ask('POST', body);
  expect(answer.status).toBe(400);
  expect(await answer.json()).toMatchObject({ code: 'bad-body', field });
});

it('answers 404 for a token that is not there', async () => {
  const answer = await ask('DELETE', null, '?id=nobody');
  expect([answer.status, (await answer.json()).code]).toEqual([404, 'not-found']);
});
