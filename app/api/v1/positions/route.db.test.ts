import { afterAll, beforeAll, expect, it } from 'vitest';
import type { RouteHandler } from '#lib/http/route.ts';
import { makePerson, type TestPerson } from '../../../../test/person.ts';
import { serverDatabase } from '../../../../test/server-database.ts';
import { DELETE, GET, POST } from './route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
let admin: TestPerson;
let colleague: TestPerson;
let stranger: TestPerson;

beforeAll(async () => {
  database = await serverDatabase();
  admin = await makePerson(database.urls);
  colleague = await makePerson(database.urls);
  stranger = await makePerson(database.urls, { role: null });
});
afterAll(() => database.close());

async function ask(
  handler: RouteHandler,
  { bearer }: TestPerson,
  { method = 'GET', query = '?cluster=prod', body }: { method?: string; query?: string; body?: unknown } = {},
) {
  const answer = await handler(
    new Request(`http://127.0.0.1:3000/api/v1/positions${query}`, {
      method,
      headers: { authorization: bearer },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  );
  const document: unknown = await answer.json();
  return { status: answer.status, document };
}

const post = (person: TestPerson, places: unknown, query = '?cluster=prod') =>
  ask(POST, person, { method: 'POST', query, body: { places } });

it('keeps the picture for everybody who sees the same', async () => {
  expect(await post(admin, { abc: [10.5, -20] })).toEqual({ status: 200, document: { kept: 1 } });
  expect(await ask(GET, colleague)).toEqual({ status: 200, document: { places: { abc: [10.5, -20] } } });
  expect((await ask(GET, stranger)).status).toBe(403);
  expect((await post(stranger, { abc: [0, 0] })).status).toBe(403);
  expect((await ask(GET, admin, { query: '?cluster=test' })).document).toEqual({ places: {} });
  const byHand = await ask(GET, admin, { query: '?cluster=prod&layout=manual' });
  expect(byHand.document).toEqual({ places: {} });
});

it('forgets it for everybody', async () => {
  await post(admin, { abc: [1, 2] });
  expect((await ask(DELETE, colleague, { method: 'DELETE' })).document).toEqual({ forgotten: true });
  expect((await ask(GET, admin)).document).toEqual({ places: {} });
});

it.each([
  ['a name in the place of a key', { 'prod/namespace/shop': [1, 2] }],
  ['a place that is none', { abc: [1, 'x'] }],
  ['a place beyond the end of the world', { abc: [1, 2e9] }],
  [
    'more at once than a body holds',
    Object.fromEntries(Array.from({ length: 1501 }, (_, i) => [`k${i}`, [0, 0]])),
  ],
])('refuses %s', async (_what, places) => {
  expect((await post(admin, places)).status).toBe(400);
});

it('refuses a layout that there is not', async () => {
  expect((await post(admin, { abc: [1, 2] }, '?cluster=prod&layout=spiral')).status).toBe(400);
});
