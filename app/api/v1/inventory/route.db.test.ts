import { afterAll, beforeAll, expect, it } from 'vitest';
import { inventoryAppliedSchema, inventoryListSchema } from '#lib/contracts/inventory.ts';
import { makePerson } from '../../../../test/person.ts';
import { serverDatabase } from '../../../../test/server-database.ts';
import { GET, POST } from './route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
let authorization: string;

beforeAll(async () => {
  database = await serverDatabase();
  authorization = (await makePerson(database.urls)).bearer;
});
afterAll(() => database.close());

const address = 'http://127.0.0.1:3000/api/v1/inventory';

function list(query: string): Promise<Response> {
  return GET(new Request(`${address}${query}`, { headers: { host: '127.0.0.1:3000', authorization } }));
}

function apply(
  query: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Readonly<Record<string, string>> = {},
): Promise<Response> {
  return POST(
    new Request(`${address}${query}`, {
      method: 'POST',
      headers: { host: '127.0.0.1:3000', authorization, ...headers },
      body,
    }),
  );
}

const manifests = `apiVersion: v1
kind: Namespace
metadata: {name: shop, labels: {team: red}}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: cart, namespace: shop}
---
apiVersion: v1
kind: ServiceAccount
metadata: {name: Wrong}
`;

it('applies YAML, tells what is wrong, and lists it by pages', async () => {
  const applied = await apply('?cluster=prod', manifests);
  expect(applied.status).toBe(200);
  expect(inventoryAppliedSchema.parse(await applied.json())).toMatchObject({
    cluster: 'prod',
    added: 2,
    refused: 1,
    problems: [{ code: 'bad-name', file: 'request', document: 3, line: 11, path: 'metadata.name' }],
  });
  const first = inventoryListSchema.parse(await (await list('?limit=1')).json());
  expect(first.objects).toMatchObject([
    { kind: 'Namespace', name: 'shop', content: { labels: { team: 'red' } } },
  ]);
  const next = inventoryListSchema.parse(await (await list(`?limit=1&cursor=${first.nextCursor}`)).json());
  expect(next).toMatchObject({
    objects: [{ kind: 'ServiceAccount', namespace: 'shop', name: 'cart' }],
    nextCursor: null,
  });
  const removed = await apply(
    '?cluster=prod&prune=all',
    JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } }),
  );
  expect(await removed.json()).toMatchObject({ changed: 1, removed: 1 });
  expect((await (await list('?namespace=shop')).json()).objects).toHaveLength(1);
  expect(
    (await (await list(`?namespace=shop&at=${first.objects[0]?.validFrom}`)).json()).objects,
  ).toHaveLength(2);
});

it.each([
  ['?at=yesterday', 'bad-parameter'],
  ['?limit=0', 'bad-parameter'],
  ['?cursor=none', 'bad-parameter'],
  ['?cluster=%00', 'bad-parameter'],
  ['?colour=red', 'unknown-parameter'],
])('refuses to list %s', async (query, code) => {
  const answer = await list(query);
  expect([answer.status, (await answer.json()).code]).toEqual([400, code]);
});

it.each([
  ['', manifests, {}, 400, 'bad-parameter'],
  ['?cluster=prod&prune=some', manifests, {}, 400, 'bad-parameter'],
  ['?cluster=prod', 'a: [', {}, 400, 'nothing-read'],
  ['?cluster=prod', '', {}, 400, 'nothing-read'],
  ['?cluster=prod', new Uint8Array([0xff, 0xfe, 0xff]), {}, 400, 'bad-body'],
  ['?cluster=prod', manifests, { 'content-encoding': 'gzip' }, 415, 'unknown-encoding'],
  ['?cluster=prod', '#'.repeat((4 << 20) + 1), {}, 413, 'body-too-large'],
])('does not apply %j', async (query, body, headers, status, code) => {
  const answer = await apply(query, body, headers);
  expect([answer.status, (await answer.json()).code]).toEqual([status, code]);
});
