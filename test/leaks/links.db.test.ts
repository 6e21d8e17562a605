import { afterAll, beforeAll, expect, it } from 'vitest';
import { z } from 'zod';
import { linkSchema, openedLinkSchema } from '#lib/contracts/links.ts';
import { positionsSchema } from '#lib/contracts/positions.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { placeKey } from '#lib/graph/layout/place-key.ts';
import { makePerson } from '../person.ts';
import { browserOf } from '../server-database.ts';
import { type Hunt, openHunt, type Shown, told } from './hunt.ts';
import { secrets, seedSecrets } from './secret-estate.ts';
import { limited, makeViewers, strangers } from './viewers.ts';

let hunt: Hunt;
let viewerOf: Awaited<ReturnType<typeof makeViewers>>;
let sender: Shown;

const level = 'workload';
const everyWord = [...secrets.hidden, ...secrets.attributes, ...secrets.policies, 'vault'];

/** Ids that the sender's picture has and no team's. */
const hiddenIds = ['c1/namespace/zz-hidden', 'c1/workload/zz-hidden/vault', 'c1/workload/zz-peer/zz-api'];
const ownId = 'c1/workload/shop/web';

beforeAll(async () => {
  hunt = await openHunt();
  await seedSecrets(hunt.database, hunt.nowMs);
  viewerOf = await makeViewers(hunt.database, hunt.nowMs);
  sender = await browserOf(await makePerson(hunt.database.urls));
  const places = Object.fromEntries(
    [...hiddenIds, ownId].map((id, index) => [placeKey(`${level} ${id}`), [index, index]]),
  );
  await hunt.ask('POST /api/v1/positions', '?cluster=c1', sender, JSON.stringify({ places }));
});
afterAll(() => hunt.close());

async function link(query: string, page = 'graph', by = sender) {
  const body = JSON.stringify({ name: 'incident', page, query });
  const answer = await hunt.ask('POST /api/v1/links', '', by, body);
  return linkSchema.extend({ id: z.string() }).parse(await answer.json());
}

const open = (id: string, viewer: Shown) => hunt.read('GET /api/v1/link', `?id=${id}`, viewer);

async function opened(id: string, viewer: Shown) {
  return openedLinkSchema.parse(await (await hunt.ask('GET /api/v1/link', `?id=${id}`, viewer)).json());
}

/** Everything that names something, in every place of an address that can. */
function tellingQueries(): readonly (readonly [page: string, query: string])[] {
  const find = encodeURIComponent('namespace == "zz-hidden" || dest.workload contains "vault"');
  const hide = encodeURIComponent('policy == "zz-policy"');
  const expand = hiddenIds.map((id) => `&expand=${id}`).join('');
  return [
    [
      'graph',
      `?cluster=c1&${hunt.span}&level=${level}${expand}&node=${hiddenIds[1]}&find=${find}&hide=${hide}`,
    ],
    ['graph', `?cluster=zz-cluster&${hunt.span}&edge=zz-hidden-edge&overlay=draft:zz-nothing`],
    ['graph', `?cluster=c1&${hunt.span}&overlay=policy:c1/NetworkPolicy/zz-peer/zz-manifest`],
    [
      'flows',
      `?cluster=zz-cluster&${hunt.span}&node=c1/host/zz-node&hide=${encodeURIComponent('workload == "zz-api"')}`,
    ],
    ['policies', '?cluster=zz-cluster&search=zz-global&policy=c1/GlobalNetworkPolicy/zz-tier.zz-global'],
    ['policies', '?cluster=c1&search=zz-manifest&policy=c1/NetworkPolicy/zz-peer/zz-manifest'],
  ];
}

it('gives whoever sees all of it the same state', async () => {
  for (const [page, query] of tellingQueries()) {
    const { id } = await link(query, page);
    const { query: own } = await opened(id, sender);
    // The draft and the policies are none that there are.
    const gone = /draft:|policy:|policies/.test(`${page}${query}`) ? ['overlay', 'policy'] : [];
    const [asked, got] = [new URLSearchParams(query), new URLSearchParams(own)];
    for (const name of asked.keys()) {
      if (!gone.includes(name) && name !== 'from' && name !== 'to')
        expect([name, got.getAll(name)]).toEqual([name, asked.getAll(name)]);
    }
  }
});

it.each([...limited, 'a team of nothing there is' as const])(
  'names nothing to %s that their own graph does not',
  async (name) => {
    for (const [page, query] of tellingQueries()) {
      const { id } = await link(query, page);
      const text = await open(id, viewerOf(name));
      expect(text.slice(0, 3)).toBe('200');
      expect([query, told(text, '', everyWord)]).toEqual([query, []]);
    }
  },
);

it('leaves a team what is theirs', async () => {
  const find = encodeURIComponent('namespace == "shop" && dest.port == 8080');
  const query = `?cluster=c1&${hunt.span}&level=${level}&expand=${ownId}&node=${ownId}&find=${find}&overlay=policy`;
  const { id } = await link(query);
  const got = new URLSearchParams((await opened(id, viewerOf('a team by name'))).query);
  expect(Object.fromEntries(got)).toMatchObject({
    cluster: 'c1',
    level,
    expand: ownId,
    node: ownId,
    find: 'namespace == "shop" && dest.port == 8080',
    overlay: 'policy',
  });
});

it.each([
  ['graph', `find=${encodeURIComponent('policy == "own-policy"')}`],
  ['policies', 'search=own-policy'],
] as const)(
  'hands on no word about policies of the page %s to whoever has its scope alone',
  async (page, words) => {
    const by = viewerOf('a team by name');
    const { id } = await link(`?cluster=c1&${hunt.span}&${words}`, page, by);
    expect(told(await open(id, viewerOf('a reader by RBAC of pods alone')), '', ['own-policy'])).toEqual([]);
    expect(await open(id, by)).toContain('own-policy');
  },
);

it.each([
  ['as it is', ''],
  ['with nodes open', hiddenIds.map((id) => `&expand=${id}`).join('')],
  ['in a layer', '&layer=Own:zz-*'],
])('gives places of nodes only to whoever sees these nodes, of a picture %s', async (_, more) => {
  const { id } = await link(`?cluster=c1&${hunt.span}&level=${level}${more}`);
  const keysFor = async (viewer: Shown) => {
    const answer = await hunt.ask('GET /api/v1/positions', `?cluster=c1&link=${id}`, viewer);
    return Object.keys(positionsSchema.parse(await answer.json()).places);
  };
  expect((await keysFor(sender)).length).toBe(hiddenIds.length + 1);
  expect(await keysFor(viewerOf('a team by name'))).toEqual([placeKey(`${level} ${ownId}`)]);
});

// Whoever may read, if only what there is not yet, may open a link: the window of it, and no name.
const outside = strangers.filter((name) => name !== 'a team of nothing there is');

it.each(outside)('tells %s nothing, neither that there is such a link', async (name) => {
  const { id } = await link(tellingQueries()[0]?.[1] ?? '');
  const there = await open(id, viewerOf(name));
  expect(there).toBe(await open('z'.repeat(22), viewerOf(name)));
  expect(there.slice(0, 3)).toMatch(/40[13]/);
});

it('answers alike for what is wrong, revoked, expired, and whose maker is gone', async () => {
  const reader = viewerOf('a team by name');
  const [wrong, expired, revoked] = [await link(''), await link(''), await link('')];
  const leaver = await makePerson(hunt.database.urls);
  const orphan = await link('', 'graph', await browserOf(leaver));
  await hunt.ask('DELETE /api/v1/links', `?key=${revoked.key}`, sender);
  await asOwner(hunt.database.urls.owner, async (session) => {
    await session.change('UPDATE share_link SET expires_at = now() WHERE key = $1', [expired.key]);
    await session.change('DELETE FROM app_user WHERE email = $1', [leaver.email]);
  });
  expect(await open(wrong.id, reader)).toMatch(/^200/);
  const answers = [expired.id, revoked.id, orphan.id, wrong.id.split('').reverse().join(''), wrong.key, 'zz'];
  const texts = await Promise.all(answers.map((id) => open(id, reader)));
  expect(new Set(texts).size).toBe(1);
  expect(texts[0]).toMatch(/^404/);
});

it('lets nobody list, copy or revoke the link of somebody else', async () => {
  const { id, key } = await link('');
  for (const name of ['admin', 'a team by name', 'a browser'] as const) {
    expect(await hunt.read('GET /api/v1/links', '', viewerOf(name))).not.toContain(key);
    expect(await hunt.read('DELETE /api/v1/links', `?key=${key}`, viewerOf(name))).toMatch(/^404/);
  }
  expect(await open(id, sender)).toMatch(/^200/);
  expect(await hunt.read('POST /api/v1/links', '', viewerOf('a viewer by pattern'), '{}')).toMatch(/^403/);
});

it('keeps nothing that opens a link', async () => {
  const { id } = await link('');
  const rows = await asOwner(hunt.database.urls.owner, (session) =>
    session.ask<{ text: string }>('SELECT share_link::text AS text FROM share_link'),
  );
  expect(rows.length).toBeGreaterThan(0);
  expect(
    rows.filter(({ text }) => text.includes(id) || text.includes(Buffer.from(id).toString('hex'))),
  ).toEqual([]);
});

it('lets nobody guess for long, and says no more by it', async () => {
  const guesser = await browserOf(await makePerson(hunt.database.urls));
  const { id } = await link('');
  const statuses: string[] = [];
  for (let index = 0; index < 42; index += 1) {
    const guess = String(index).padStart(22, 'z');
    statuses.push((await open(guess, guesser)).slice(0, 3));
  }
  expect(statuses.slice(0, 40)).toEqual(Array(40).fill('404'));
  expect(statuses.slice(40)).toEqual(['429', '429']);
  // What is there answers as what is not.
  expect((await open(id, guesser)).slice(0, 3)).toBe('429');
  expect((await open(id, sender)).slice(0, 3)).toBe('200');
});
