import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openedViewSchema, viewSchema, viewsSchema } from '#lib/contracts/views.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { removeUser } from '#lib/db/users.ts';
import type { RouteHandler } from '#lib/http/route.ts';
import { putBinding, putGroup } from '#lib/server/change-binding.ts';
import { ingestText } from '../../../../test/ingest-text.ts';
import { makePerson, type TestPerson } from '../../../../test/person.ts';
import { calicoLine } from '../../../../test/policy-estate.ts';
import { serverDatabase } from '../../../../test/server-database.ts';
import { withClient } from '../../../../test/with-client.ts';
import * as view from '../view/route.ts';
import * as views from './route.ts';

let database: Awaited<ReturnType<typeof serverDatabase>>;
const people = new Map<string, TestPerson>();
const nowMs = Date.now();

const whoever = (name: string): TestPerson => {
  const person = people.get(name);
  if (person === undefined) throw new Error(`there is no ${name}`);
  return person;
};

beforeAll(async () => {
  database = await serverDatabase();
  const { urls } = database;
  const at = { atMs: nowMs - 600_000, port: 80, action: 'allow', hits: { enforced: [] } } as const;
  const lines = [
    calicoLine('shop/web', 'cart/db', at),
    calicoLine('bank/till', 'vault/safe', at),
    calicoLine('bank/till', 'bank/till', at),
  ];
  await ingestText(database, `${lines.join('\n')}\n`, { format: 'calico', namedCluster: 'prod' });
  people.set('admin', await makePerson(urls));
  for (const name of ['member', 'reader', 'other']) people.set(name, await makePerson(urls, { role: null }));
  await putGroup(urls, { name: 'front', members: [whoever('member').email, whoever('reader').email] }, nowMs);
  const scope = (...namespaces: string[]) => [{ clusters: ['prod'], namespaces }];
  const bind = (
    name: string,
    role: 'team' | 'viewer',
    subject: { kind: 'User' | 'Group'; name: string },
    ...names: string[]
  ) => putBinding(urls, { name, role, subjects: [subject], scopes: scope(...names) }, nowMs);
  await bind('front', 'viewer', { kind: 'Group', name: 'front' }, 'shop');
  await bind('member', 'team', { kind: 'User', name: whoever('member').email }, 'shop');
  await bind('other', 'team', { kind: 'User', name: whoever('other').email }, 'bank');
});
afterAll(() => database.close());
beforeEach(() => withClient(database.urls.owner, (client) => client.query('DELETE FROM saved_view')));

async function ask(handler: RouteHandler, name: string, query = '', body?: unknown) {
  const headers = { host: '127.0.0.1:3000', authorization: whoever(name).bearer };
  const init = body === undefined ? { headers } : { headers, method: 'POST', body: JSON.stringify(body) };
  const answer = await handler(new Request(`http://127.0.0.1:3000/api/v1/views${query}`, init));
  return { status: answer.status, document: await answer.json() };
}

const save = async (name: string, body: Readonly<Record<string, unknown>>) =>
  viewSchema.parse((await ask(views.POST, name, '', { query: '?cluster=prod', ...body })).document);
const listOf = async (name: string) => viewsSchema.parse((await ask(views.GET, name)).document);
const namesOf = async (name: string) => (await listOf(name)).views.map((one) => one.name);
const open = async (name: string, id: string) => await ask(view.GET, name, `?id=${id}`);
const front = { kind: 'team', team: 'front' };

describe('for whom a view is', () => {
  it('is its maker’s, a team’s or everyone’s', async () => {
    await save('reader', { name: 'mine' });
    await save('member', { name: 'ours', audience: front });
    await save('admin', { name: 'all', audience: { kind: 'everyone' } });
    expect(await namesOf('reader')).toEqual(['mine', 'ours', 'all']);
    expect(await namesOf('member')).toEqual(['ours', 'all']);
    expect(await namesOf('other')).toEqual(['all']);
  });

  it('is saved for a team by a member whose role shares, and for everyone by who administers', async () => {
    const allowed = async (name: string) =>
      (await listOf(name)).audiences.map((audience) =>
        audience.kind === 'team' ? audience.team : audience.kind,
      );
    expect(await allowed('reader')).toEqual(['personal']);
    expect(await allowed('member')).toEqual(['personal', 'front']);
    expect(await allowed('admin')).toEqual(['personal', 'front', 'everyone']);
    for (const [name, audience] of [
      ['reader', front],
      ['other', front],
      ['member', { kind: 'everyone' }],
      ['member', { kind: 'team', team: 'nobody' }],
    ] as const)
      expect([name, (await ask(views.POST, name, '', { name: 'x', query: '', audience })).status]).toEqual([
        name,
        403,
      ]);
    expect((await listOf('admin')).views).toEqual([]);
  });

  it('answers the same of a view of others as of none', async () => {
    const { id } = await save('member', { name: 'ours', audience: front });
    const nothing = await open('other', 'AAAAAAAAAAAAAAAA');
    expect(nothing.status).toBe(404);
    expect(await open('other', id)).toEqual(nothing);
    expect(await ask(views.PATCH, 'other', `?id=${id}`, { name: 'taken over' })).toEqual(nothing);
    expect(await ask(views.DELETE, 'other', `?id=${id}`)).toEqual(nothing);
    expect((await ask(views.DELETE, 'reader', `?id=${id}`)).status).toBe(403);
    expect(await namesOf('member')).toEqual(['ours']);
  });

  it('goes with its maker where it was theirs, and stays where it was not', async () => {
    const gone = await makePerson(database.urls);
    people.set('gone', gone);
    await save('gone', { name: 'mine' });
    const { id } = await save('gone', { name: 'all', audience: { kind: 'everyone' } });
    await asOwner(database.urls.owner, async (session) => {
      expect(await removeUser(session, gone.email)).toBe(true);
      expect(await removeUser(session, gone.email)).toBe(false);
      expect(await session.ask('SELECT name FROM saved_view')).toEqual([{ name: 'all' }]);
    });
    expect((await listOf('admin')).views).toMatchObject([{ id, name: 'all', madeBy: null, mayChange: true }]);
  });
});

describe('what becomes of a view', () => {
  it('is renamed, gets another state and is removed; a name is taken once', async () => {
    const { id } = await save('reader', { name: 'a' });
    await save('reader', { name: 'b' });
    expect((await ask(views.POST, 'reader', '', { name: 'a', query: '' })).document.code).toBe('name-taken');
    expect((await ask(views.PATCH, 'reader', `?id=${id}`, { name: 'b' })).document.code).toBe('name-taken');
    expect(
      (await ask(views.PATCH, 'reader', `?id=${id}`, { name: 'c', query: '?cluster=prod&table=open' }))
        .document,
    ).toMatchObject({ name: 'c' });
    expect(openedViewSchema.parse((await open('reader', id)).document).query).toBe(
      '?cluster=prod&table=open',
    );
    expect((await ask(views.DELETE, 'reader', `?id=${id}`)).document).toEqual({ removed: id });
    expect(await namesOf('reader')).toEqual(['b']);
    // What is another's may be called the same.
    await save('member', { name: 'b' });
  });

  it('is of whoever saved its state last', async () => {
    const { id } = await save('member', { name: 'ours', audience: front });
    await ask(views.PATCH, 'admin', `?id=${id}`, { name: 'all of ours' });
    expect((await listOf('member')).views).toMatchObject([{ madeBy: whoever('member').email, isOwn: true }]);
    await ask(views.PATCH, 'admin', `?id=${id}`, { query: '?cluster=prod&overlay=draft:of-the-admin' });
    expect((await listOf('member')).views).toMatchObject([{ madeBy: whoever('admin').email, isOwn: false }]);
    const told = async (name: string) => openedViewSchema.parse((await open(name, id)).document).query;
    expect(await told('member')).toBe('?cluster=prod');
    expect(await told('admin')).toContain('draft:of-the-admin');
  });

  it('begins the graph of its team’s members, one at a time', async () => {
    const first = await save('member', { name: 'first', audience: front, isDefault: true });
    expect((await listOf('reader')).start).toBe(first.id);
    const second = await save('member', { name: 'second', audience: front, isDefault: true });
    expect((await listOf('reader')).start).toBe(second.id);
    expect((await listOf('reader')).views.map(({ isDefault }) => isDefault)).toEqual([false, true]);
    expect((await listOf('other')).start).toBeNull();
    await ask(views.PATCH, 'member', `?id=${second.id}`, { isDefault: false });
    expect((await listOf('reader')).start).toBeNull();
    const own = await save('reader', { name: 'mine', isDefault: true });
    expect(own.isDefault).toBe(false);
  });
});

it('keeps back what its reader is not shown anyway', async () => {
  const query = `?cluster=prod&expand=prod/namespace/bank&expand=prod/namespace/shop&node=prod/namespace/vault&hide=${encodeURIComponent('namespace == "bank"')}`;
  const { id } = await save('admin', { name: 'all', audience: { kind: 'everyone' }, query });
  const told = async (name: string) => openedViewSchema.parse((await open(name, id)).document).query;
  expect(await told('admin')).toContain('vault');
  expect(await told('reader')).toBe('?cluster=prod&expand=prod/namespace/shop');
  expect(decodeURIComponent(await told('other'))).toContain('namespace/vault');
});
