import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lines } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { createIngestToken } from '#lib/server/create-ingest-token.ts';
import { revokeIngestToken } from '#lib/server/revoke-ingest-token.ts';
import { makePerson } from '../../../../../test/person.ts';
import { browserOf, serverDatabase } from '../../../../../test/server-database.ts';
import { POST } from './route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
let browser: Readonly<Record<string, string>>;

beforeAll(async () => {
  database = await serverDatabase();
  browser = await browserOf(await makePerson(database.urls));
});
afterAll(async () => {
  await closeWriterPools(database.urls.writer);
  await database.close();
});

const body = lines([
  { atMs: Date.UTC(2026, 4, 1), kind: 'syn' },
  { atMs: Date.UTC(2026, 4, 1, 1), kind: 'data' },
]);

async function post(
  content: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
  query = 'cluster=c1',
): Promise<Response> {
  const address = `http://127.0.0.1:3000/api/v1/ingest/flows?${query}`;
  return await POST(
    new Request(address, { method: 'POST', body: content, headers: { ...browser, ...headers } }),
  );
}

it('answers with the ingest document, and again for the same key', async () => {
  const first = await post(body, { 'idempotency-key': 'a' });
  expect(first.status).toBe(200);
  expect(first.headers.get('idempotency-replayed')).toBeNull();
  const document = await first.json();
  expect(document).toMatchObject({ accepted: 2, rejected: 0, format: 'hubble' });
  const again = await post(new Uint8Array(gzipSync(body)), {
    'idempotency-key': 'a',
    'content-encoding': 'gzip',
  });
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
  expect(await again.json()).toEqual(document);
});

it.each([
  [409, 'idempotency-conflict', body.slice(0, body.indexOf('\n')), { 'idempotency-key': 'a' }, 'cluster=c1'],
  [400, 'nothing-read', 'hello\n', {}, ''],
  [400, 'nothing-read', '', {}, ''],
  [400, 'bad-parameter', body, {}, 'format=ipfix'],
  [400, 'unknown-parameter', body, {}, 'follow=1'],
  [400, 'bad-idempotency-key', body, { 'idempotency-key': 'x'.repeat(300) }, ''],
  [415, 'unknown-encoding', body, { 'content-encoding': 'br' }, ''],
  [415, 'unreadable-type', body, { 'content-type': 'application/msgpack' }, ''],
  [400, 'broken-compression', gzipSync(body).subarray(0, 60), {}, ''],
  [403, 'foreign-request', body, { host: 'flowloom.example' }, ''],
  [403, 'foreign-request', body, { origin: 'https://evil.example' }, ''],
  [401, 'not-signed-in', body, { cookie: '' }, ''],
  [401, 'not-signed-in', body, { authorization: 'Bearer flowloom_api_guess' }, ''],
])('answers %i %s', async (status, code, content, headers, query) => {
  const response = await post(content, headers, query);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ status, code });
});

it('counts a body that comes again without a key once, packed or not, and reads it anew with a format', async () => {
  const other = lines([{ atMs: Date.UTC(2026, 4, 2), kind: 'syn' }]);
  const first = await (await post(other)).json();
  expect(first).toMatchObject({ accepted: 1, duplicates: 0 });
  const again = await post(new Uint8Array(gzipSync(other)), { 'content-encoding': 'gzip' });
  expect([again.headers.get('idempotency-replayed'), await again.json()]).toEqual(['true', first]);
  const elsewhere = await post(other, {}, 'cluster=c2');
  expect([elsewhere.headers.get('idempotency-replayed'), (await elsewhere.json()).accepted]).toEqual([
    null,
    1,
  ]);
  expect((await post('hello\n')).status).toBe(400);
  expect((await post('hello\n')).headers.get('idempotency-replayed')).toBeNull();
});

it('takes what is in time and counts what a wrong clock wrote', async () => {
  const ahead = Date.now() + 2 * 3_600_000;
  const mixed = lines([
    { atMs: Date.UTC(2026, 4, 3), kind: 'data' },
    { atMs: ahead, kind: 'data' },
    { atMs: Date.UTC(2014, 0, 1), kind: 'data' },
  ]);
  expect(await (await post(mixed)).json()).toMatchObject({
    accepted: 1,
    rejected: 2,
    reasons: { 'time-in-future': 1, 'time-too-old': 1 },
  });
  const refused = await post(lines([{ atMs: ahead + 1, kind: 'data' }]));
  expect(refused.status).toBe(400);
  expect((await refused.json()).detail).toContain('time-in-future');
});

const basic = (token: string): string => `Basic ${Buffer.from(`any:${token}`).toString('base64')}`;

it('takes a token as Bearer or as the password of Basic, for its cluster and with keys of its own', async () => {
  const { urls } = database;
  const { token, id } = await createIngestToken(
    urls,
    { cluster: 'c3', name: '', expires: 60_000 },
    Date.now(),
  );
  const authorization = `Bearer ${token}`;
  const flows = lines([{ atMs: Date.UTC(2026, 4, 3), kind: 'syn' }]);
  const first = await post(flows, { authorization, 'idempotency-key': 'a' }, '');
  expect([first.status, (await first.json()).accepted]).toEqual([200, 1]);
  const again = await post(flows, { authorization: basic(token), 'idempotency-key': 'a' }, 'cluster=c3');
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([200, 'true']);
  const keys = await run('SELECT cluster, token FROM ingest_request WHERE key = $1 ORDER BY 1', ['a']);
  expect(keys).toEqual([
    { cluster: 'c1', token: '' },
    { cluster: 'c3', token: id },
  ]);
  const [used] = await run('SELECT last_used_at FROM ingest_token WHERE id = $1', [id]);
  expect(used?.last_used_at).toBeInstanceOf(Date);
  const wrong = await post(flows, { authorization }, 'cluster=c1');
  expect([wrong.status, (await wrong.json()).code]).toEqual([403, 'other-cluster']);
});

it('refuses a token that is unknown, has expired or was revoked, and says what to do', async () => {
  const { urls } = database;
  const wanted = { cluster: 'c4', name: '', expires: 60_000 };
  const old = await createIngestToken(urls, wanted, Date.now() - 120_000);
  const revoked = await createIngestToken(urls, wanted, Date.now());
  await revokeIngestToken(urls, revoked.id, Date.now());
  for (const [authorization, code] of [
    [`Bearer ${old.token}`, 'token-expired'],
    [`Bearer ${revoked.token}`, 'token-revoked'],
    [`Bearer ${revoked.token}x`, 'token-unknown'],
    [basic('guess'), 'token-unknown'],
    ['Digest abc', 'token-unknown'],
    ['', 'token-unknown'],
  ] as const) {
    const response = await post(body, { authorization }, '');
    const problem = await response.json();
    expect([authorization, response.status, problem.code]).toEqual([authorization, 401, code]);
    expect(problem.detail).toContain('flowloom token create --ingest --cluster');
    expect(response.headers.get('www-authenticate')).toContain('Bearer');
  }
});

it('takes a person with the right "sources" only, by session or by API token', async () => {
  const { urls } = database;
  const operator = await makePerson(urls, { role: 'operator' });
  const reader = await makePerson(urls, { role: 'security' });
  const narrow = await makePerson(urls, { role: 'admin', rights: ['read'] });
  const flows = lines([{ atMs: Date.UTC(2026, 4, 3), kind: 'syn' }]);
  const statuses = await Promise.all([
    post(flows, { authorization: operator.bearer }, 'cluster=c5'),
    post(flows, { authorization: reader.bearer }, 'cluster=c5'),
    post(flows, { authorization: narrow.bearer }, 'cluster=c5'),
    post(flows, await browserOf(reader), 'cluster=c5'),
  ]);
  expect(statuses.map(({ status }) => status)).toEqual([200, 403, 403, 403]);
});

async function run(text: string, values: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: database.urls.owner });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows;
  } finally {
    await client.end();
  }
}
