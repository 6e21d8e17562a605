import { afterAll, beforeAll, expect, it } from 'vitest';
import { graphSchema } from '#lib/contracts/graph.ts';
import { layersSchema } from '#lib/contracts/layers.ts';
import { listLayerRows, putLayerRow } from '#lib/db/layers.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { RouteHandler } from '#lib/http/route.ts';
import { applyInventory } from '#lib/server/apply-inventory.ts';
import { putBinding } from '#lib/server/change-binding.ts';
import { ingestText } from '../../../../test/ingest-text.ts';
import { makePerson, type TestPerson } from '../../../../test/person.ts';
import { calicoLine } from '../../../../test/policy-estate.ts';
import { serverDatabase } from '../../../../test/server-database.ts';
import * as graph from '../graph/route.ts';
import * as layers from './route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
let admin: TestPerson;
let team: TestPerson;
const nowMs = Date.now();

beforeAll(async () => {
  database = await serverDatabase();
  const { urls } = database;
  const at = { atMs: nowMs - 600_000, port: 80, action: 'allow', hits: { enforced: [] } } as const;
  const pairs = [
    ['shop/web', 'pay-in/api'],
    ['pay-in/api', 'pay-out/api'],
    ['pay-out/api', 'bank/till'],
  ] as const;
  const lines = pairs.map(([from, to]) => calicoLine(from, to, at));
  await ingestText(database, `${lines.join('\n')}\n`, { format: 'calico', namedCluster: 'prod' });
  const text =
    '{apiVersion: v1, kind: Namespace, metadata: {name: pay-in, labels: {team: money}}}\n---\n{apiVersion: v1, kind: Namespace, metadata: {name: bank, labels: {team: money}}}';
  await applyInventory(urls, { cluster: 'prod', files: [{ file: 'a.yaml', text }], prune: 'none', nowMs });
  admin = await makePerson(urls);
  team = await makePerson(urls, { role: null });
  const subjects = [{ kind: 'User' as const, name: team.email }];
  const scopes = [{ clusters: ['prod'], namespaces: ['shop', 'pay-in'] }];
  await putBinding(urls, { name: 'team', role: 'team', subjects, scopes }, nowMs);
});
afterAll(() => database.close());

async function ask(handler: RouteHandler, { bearer }: TestPerson, query = '', body?: unknown) {
  const headers = { host: '127.0.0.1:3000', authorization: bearer };
  const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
  const answer = await handler(new Request(`http://127.0.0.1:3000/api/v1/layers${query}`, init));
  return { status: answer.status, document: await answer.json() };
}

const listOf = async (person: TestPerson) =>
  layersSchema.parse((await ask(layers.GET, person)).document).layers;

async function nodesWith(person: TestPerson, ref: string) {
  const query = new URLSearchParams({ from: '-1h', to: 'now', layer: ref });
  const { document } = await ask(graph.GET, person, `?${query}`);
  return graphSchema.parse(document).nodes.map(({ id, label }) => [id, label]);
}

it('draws namespaces by name and pattern as one node', async () => {
  const made = await ask(layers.POST, admin, '', { name: 'Money', namespaces: ['pay-*', 'bank'] });
  expect(made.document).toMatchObject({ name: 'Money', ref: 'Money:pay-*,bank', isOwn: true });
  expect(await nodesWith(admin, 'Money:pay-*,bank')).toEqual([
    ['prod/layer/Money', 'Money'],
    ['prod/namespace/shop', 'shop'],
  ]);
  expect(await listOf(team)).toEqual([]);
});

it('tells others of no name in a layer that they do not see, and collapses none for them', async () => {
  const body = {
    name: 'All money',
    audience: { kind: 'everyone' },
    namespaces: ['pay-*', 'bank', 'zz-secret'],
  };
  expect((await ask(layers.POST, team, '', body)).status).toBe(403);
  await ask(layers.POST, admin, '', body);
  const [layer] = await listOf(team);
  expect(layer).toMatchObject({
    namespaces: ['pay-in'],
    ref: 'All money:pay-in',
    isOwn: false,
    mayChange: false,
  });
  expect(JSON.stringify(layer)).not.toMatch(/zz-secret|bank/);
  expect(await nodesWith(team, layer?.ref ?? '')).toEqual([
    ['prod/layer/All money', 'All money'],
    ['prod/namespace/pay-out', 'pay-out'],
    ['prod/namespace/shop', 'shop'],
  ]);
  const { status } = await ask(layers.DELETE, team, `?id=${layer?.id}`);
  expect(status).toBe(403);
  expect((await ask(layers.DELETE, team, '?id=nothing')).status).toBe(404);
});

it('takes namespaces by label, as far as whoever asks sees them', async () => {
  const namespaceSelector = { matchLabels: { team: 'money' } };
  await ask(layers.POST, admin, '', { name: 'By label', audience: { kind: 'everyone' }, namespaceSelector });
  const of = async (person: TestPerson) => (await listOf(person)).find(({ name }) => name === 'By label');
  expect(await of(admin)).toMatchObject({ ref: 'By label:bank,pay-in', namespaceSelector });
  expect(await of(team)).toMatchObject({ ref: 'By label:pay-in', namespaceSelector: null });
});

it('replaces the one of its name, and takes it away', async () => {
  const made = await ask(layers.POST, team, '', { name: 'Mine', namespaces: ['shop'] });
  const again = await ask(layers.POST, team, '', { name: 'Mine', namespaces: ['pay-in'] });
  expect([again.document.id, again.document.ref]).toEqual([made.document.id, 'Mine:pay-in']);
  expect((await ask(layers.DELETE, team, `?id=${made.document.id}`)).document).toEqual({
    removed: made.document.id,
  });
});

it('takes another state of a layer from somebody who has as many as one may have', async () => {
  const most = 1;
  const { email } = await makePerson(database.urls);
  await asOwner(database.urls.owner, async (session) => {
    const [person] = await session.ask<{ id: string }>('SELECT id FROM app_user WHERE email = $1', [email]);
    const userId = person?.id ?? '';
    const own = { audience: 'personal', of: userId, ownerId: userId } as const;
    const row = { ...own, selector: null, at: new Date(nowMs) };
    const put = (id: string, name: string, namespace: string) =>
      putLayerRow(session, { ...row, id, name, namespaces: [namespace] }, most);
    expect([await put('a', 'A', 'shop'), await put('b', 'B', 'shop')]).toEqual([true, false]);
    expect(await put('c', 'A', 'bank')).toBe(true);
    const kept = await listLayerRows(session, { personId: userId, teams: [] });
    expect(kept.filter(({ of }) => of === userId)).toMatchObject([{ id: 'a', namespaces: ['bank'] }]);
  });
});

it.each([
  [{ name: 'platform', namespaces: ['shop'] }],
  [{ name: 'a/b', namespaces: ['shop'] }],
  [{ name: 'None', namespaces: [] }],
  [{ name: 'Both', namespaces: ['shop'], namespaceSelector: { matchLabels: {} } }],
  [{ name: 'Neither' }],
  [{ name: 'All', namespaces: ['*'] }],
])('refuses %j', async (body) => {
  expect((await ask(layers.POST, admin, '', body)).status).toBe(400);
});
