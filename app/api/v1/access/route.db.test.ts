import { afterAll, beforeAll, expect, it } from 'vitest';
import { bindingsSchema, canSchema, groupsSchema, sightSchema } from '#lib/contracts/access.ts';
import type { RouteHandler } from '#lib/http/route.ts';
import { makePerson } from '../../../../test/person.ts';
import { serverDatabase } from '../../../../test/server-database.ts';
import * as bindings from './bindings/route.ts';
import * as can from './can/route.ts';
import * as groups from './groups/route.ts';
import * as me from './me/route.ts';
import * as sight from './sight/route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
let authorization: string;

beforeAll(async () => {
  database = await serverDatabase();
  authorization = (await makePerson(database.urls)).bearer;
});
afterAll(() => database.close());

async function ask(handler: RouteHandler, query = '', body: unknown = undefined) {
  const init = { headers: { host: '127.0.0.1:3000', authorization } };
  const request = new Request(
    `http://127.0.0.1:3000/api/v1/access${query}`,
    body === undefined ? init : { ...init, method: 'POST', body: JSON.stringify(body) },
  );
  const answer = await handler(request);
  return { status: answer.status, document: await answer.json() };
}

const binding = {
  name: 'shop',
  role: 'team',
  subjects: [{ kind: 'Group', name: 'shop' }],
  scopes: [{ clusters: ['prod'], namespaces: ['shop'] }],
};

it('adds, shows, explains and takes back a binding and a group', async () => {
  expect((await ask(bindings.POST, '', binding)).status).toBe(200);
  expect((await ask(groups.POST, '', { name: 'shop', members: ['ada@corp.example'] })).status).toBe(200);
  const { document: all } = await ask(bindings.GET);
  expect(bindingsSchema.parse(all).bindings).toMatchObject([
    {
      source: { kind: 'settings' },
      name: 'shop',
      role: 'team',
      gives: ['read', 'export', 'simulate', 'share'],
    },
  ]);
  expect(groupsSchema.parse((await ask(groups.GET)).document).groups).toMatchObject([
    { members: ['ada@corp.example'] },
  ]);
  const where = '?user=ada@corp.example&namespace=shop&cluster=prod';
  expect(canSchema.parse((await ask(can.GET, where)).document)).toMatchObject({
    allowed: true,
    because: [{ name: 'shop' }],
  });
  expect(canSchema.parse((await ask(can.GET, `${where}&right=audit`)).document)).toMatchObject({
    allowed: false,
  });
  expect(sightSchema.parse((await ask(sight.GET, '?user=ada@corp.example')).document)).toMatchObject({
    groups: ['shop'],
    because: [{ name: 'shop', subject: 'group shop' }],
  });
  expect((await ask(bindings.DELETE, '?name=shop')).document).toEqual({ removed: 'shop' });
  expect((await ask(bindings.DELETE, '?name=shop')).status).toBe(404);
  expect((await ask(groups.DELETE, '?name=shop')).status).toBe(200);
  expect(canSchema.parse((await ask(can.GET, where)).document).allowed).toBe(false);
});

it('tells an admin that they see everything, by the role of their account', async () => {
  expect(sightSchema.parse((await ask(me.GET)).document)).toMatchObject({
    isEstate: true,
    because: [{ role: 'admin' }],
  });
});

it.each([
  [{ ...binding, role: 'king' }, 'role'],
  [{ ...binding, name: ' ' }, 'name'],
  [{ ...binding, name: 'a\u0000b' }, 'name'],
  [{ ...binding, scopes: [] }, 'scopes'],
  [{ ...binding, scopes: [{ clusters: [] }] }, 'scopes.0.clusters'],
  [{ ...binding, scopes: [{ clusters: ['a'], namespace: ['b'] }] }, 'namespace'],
  [{ ...binding, scopes: [{ clusters: ['a'], namespaces: ['b'], namespaceSelector: {} }] }, 'scopes.0'],
  [{ ...binding, subjects: [{ kind: 'ServiceAccount', name: 'a' }] }, 'subjects.0.kind'],
])('refuses %j and names the field', async (body, field) => {
  const { status, document } = await ask(bindings.POST, '', body);
  expect([status, document]).toMatchObject([400, { code: 'bad-body', field }]);
});

it.each([
  ['?user=a', 'namespace'],
  ['?namespace=a', 'user'],
  ['?user=a&namespace=b&right=fly', 'right'],
  ['?user=a&namespace=b&all=1', 'all'],
])('refuses the query %s', async (query, field) => {
  expect((await ask(can.GET, query)).document).toMatchObject({ status: 400, field });
});
