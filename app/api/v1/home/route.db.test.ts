import { afterAll, beforeAll, expect, it } from 'vitest';
import { homeSchema, teamsSchema } from '#lib/contracts/teams.ts';
import type { RouteHandler } from '#lib/http/route.ts';
import { applyInventory } from '#lib/server/apply-inventory.ts';
import { putBinding, putGroup } from '#lib/server/change-binding.ts';
import { makePerson, type TestPerson } from '../../../../test/person.ts';
import { serverDatabase } from '../../../../test/server-database.ts';
import * as teams from '../teams/route.ts';
import * as home from './route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
let admin: TestPerson;
let member: TestPerson;
let lonely: TestPerson;

const namespace = (name: string, annotations: Readonly<Record<string, string>> = {}) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations } });

beforeAll(async () => {
  database = await serverDatabase();
  const { urls } = database;
  const nowMs = Date.now();
  const text = [
    namespace('shop', { owner: 'front', contact: '#front' }),
    namespace('cart'),
    namespace('bank', { owner: 'money' }),
  ];
  const files = [{ file: 'a.yaml', text: text.join('\n---\n') }];
  await applyInventory(urls, { cluster: 'prod', files, prune: 'none', nowMs });
  admin = await makePerson(urls);
  member = await makePerson(urls, { role: null });
  lonely = await makePerson(urls, { role: null });
  await putGroup(urls, { name: 'front', members: [member.email] }, nowMs);
  const group = { kind: 'Group' as const, name: 'front' };
  const scope = (...namespaces: string[]) => ({ clusters: ['prod'], namespaces });
  await putBinding(
    urls,
    { name: 'front', role: 'team', subjects: [group], scopes: [scope('shop', 'cart')] },
    nowMs,
  );
  const person = { kind: 'User' as const, name: lonely.email };
  await putBinding(
    urls,
    { name: 'lonely', role: 'viewer', subjects: [person], scopes: [scope('shop')] },
    nowMs,
  );
});
afterAll(() => database.close());

async function ask({ GET }: { readonly GET: RouteHandler }, { bearer }: TestPerson, query = '') {
  const headers = { host: '127.0.0.1:3000', authorization: bearer };
  const answer = await GET(new Request(`http://127.0.0.1:3000/api/v1/x${query}`, { headers }));
  return { status: answer.status, text: await answer.text() };
}

const listOf = async (person: TestPerson) => teamsSchema.parse(JSON.parse((await ask(teams, person)).text));

it('leads a member to their team, and whoever has one namespace to that', async () => {
  expect(await listOf(member)).toEqual({
    start: '/teams/front',
    teams: [
      {
        name: 'front',
        isMember: true,
        namespaces: [
          { cluster: 'prod', name: 'cart' },
          { cluster: 'prod', name: 'shop' },
        ],
      },
    ],
    namespaces: [
      { cluster: 'prod', name: 'cart', owner: null },
      { cluster: 'prod', name: 'shop', owner: 'front' },
    ],
    leftOut: 0,
  });
  expect(await listOf(lonely)).toMatchObject({
    start: '/namespaces/prod/shop',
    teams: [{ name: 'front', isMember: false, namespaces: [{ name: 'shop' }] }],
  });
  expect(await listOf(admin)).toMatchObject({ start: '/', teams: [{ name: 'front' }, { name: 'money' }] });
});

it('has the home of a team and of a namespace, each as far as one sees', async () => {
  const team = homeSchema.parse(JSON.parse((await ask(home, lonely, '?team=front')).text));
  expect(team).toMatchObject({ team: 'front', isMember: false, admins: [admin.email] });
  expect(team.namespaces).toMatchObject([{ name: 'shop', owner: 'front', contact: '#front' }]);
  const own = homeSchema.parse(JSON.parse((await ask(home, member, '?cluster=prod&namespace=cart')).text));
  expect(own).toMatchObject({ team: null, namespaces: [{ name: 'cart', owner: null }] });
});

it('answers the same of what there is not and of what is not theirs', async () => {
  const answers: Awaited<ReturnType<typeof ask>>[] = [];
  for (const query of [
    '?team=money',
    '?team=nobody',
    '?cluster=prod&namespace=bank',
    '?cluster=x&namespace=y',
  ])
    answers.push(await ask(home, member, query));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  expect((await ask(home, admin, '?team=money')).status).toBe(200);
});

it('wants a team, or a cluster and a namespace', async () => {
  for (const query of ['', '?cluster=prod', '?team=front&cluster=prod&namespace=shop']) {
    expect([query, (await ask(home, admin, query)).status]).toEqual([query, 400]);
  }
});
