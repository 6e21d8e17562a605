import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lines } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { pushFlows } from '#lib/server/push-flows.ts';
import { freshDatabase, type TestDatabase } from '../../../../../test/database.ts';
import { POST } from './route.ts';

let database: TestDatabase;
const before = process.env.DATABASE_URL;

beforeAll(async () => {
  database = await freshDatabase();
  process.env.DATABASE_URL = database.urls.owner;
});
afterAll(async () => {
  if (before === undefined) delete process.env.DATABASE_URL;
  else process.env.DATABASE_URL = before;
  await closeWriterPools(database.urls.writer);
  await database.drop();
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
    new Request(address, { method: 'POST', body: content, headers: { host: '127.0.0.1:3000', ...headers } }),
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
  [403, 'foreign-request', body, { host: 'flowloom.example' }, ''],
  [403, 'foreign-request', body, { origin: 'https://evil.example' }, ''],
  [403, 'foreign-request', body, { 'sec-fetch-site': 'cross-site' }, ''],
])('answers %i %s', async (status, code, content, headers, query) => {
  const response = await post(content, headers, query);
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({ status, code });
});

it('answers 413 to a body that unpacks to more than the limit', async () => {
  async function* packed(): AsyncGenerator<Uint8Array> {
    yield gzipSync(body.repeat(1000));
  }
  const answer = await pushFlows({
    writerUrl: database.urls.writer,
    body: packed(),
    encoding: 'gzip',
    key: null,
    query: {},
    mostBytes: 100_000,
  });
  expect(answer).toMatchObject({ kind: 'problem', problem: { status: 413, code: 'body-too-large' } });
});
