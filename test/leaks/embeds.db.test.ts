import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { embedPictureSchema, embedSchema, embedSessionSchema, embedsSchema } from '#lib/contracts/embeds.ts';
import { linkSchema } from '#lib/contracts/links.ts';
import { sharingSchema } from '#lib/contracts/sharing.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { placeKey } from '#lib/graph/layout/place-key.ts';
import { putBinding } from '#lib/server/change-binding.ts';
import { ingestText } from '../ingest-text.ts';
import { makePerson, type TestPerson } from '../person.ts';
import { browserOf } from '../server-database.ts';
import { type Hunt, openHunt, type Shown, told } from './hunt.ts';
import { foreignLines, seedSecrets } from './secret-estate.ts';
import { limited, makeViewers, strangers } from './viewers.ts';

let hunt: Hunt;
let viewerOf: Awaited<ReturnType<typeof makeViewers>>;
let admin: TestPerson;
let maker: Shown;

const wiki = 'https://wiki.example.com';
const wrongId = 'z'.repeat(22);

beforeAll(async () => {
  hunt = await openHunt();
  await seedSecrets(hunt.database, hunt.nowMs);
  viewerOf = await makeViewers(hunt.database, hunt.nowMs);
  admin = await makePerson(hunt.database.urls);
  maker = await browserOf(admin);
});
afterAll(() => hunt.close());
beforeEach(() => origins([wiki]));

async function origins(embedOrigins: readonly string[]) {
  const body = JSON.stringify({ embedOrigins });
  expect(await hunt.read('POST /api/v1/sharing', '', viewerOf('admin'), body)).toMatch(/^200/);
}

const state = () => `?cluster=c1&${hunt.span}&level=workload`;

async function link(by: Shown, query = state(), more: object = {}) {
  const body = JSON.stringify({ name: 'checkout', query, ...more });
  const answer = await hunt.ask('POST /api/v1/links', '', by, body);
  return linkSchema.extend({ id: z.string() }).parse(await answer.json());
}

const wanted = (key: string, more: object = {}) =>
  JSON.stringify({ link: key, audience: 'readers of the wiki', ...more });

async function embed(by = maker, query = state()) {
  const { key, id: linkId } = await link(by, query);
  const answer = await hunt.ask('POST /api/v1/embeds', '', by, wanted(key));
  return { ...embedSchema.extend({ id: z.string() }).parse(await answer.json()), linkId };
}

/** Nobody at a browser of their own, unless a test says who. */
const open = (id: string, viewer: Shown = null) =>
  hunt.read('POST /api/v1/embed/session', '', viewer, JSON.stringify({ id }));

async function session(id: string): Promise<string> {
  const answer = await hunt.ask('POST /api/v1/embed/session', '', null, JSON.stringify({ id }));
  return embedSessionSchema.parse(await answer.json()).token;
}

const look = (token: string, more: Shown = {}) =>
  hunt.read('GET /api/v1/embed/graph', '', { ...more, authorization: `Bearer ${token}` });

async function picture(id: string) {
  const headers = { authorization: `Bearer ${await session(id)}` };
  const answer = await hunt.ask('GET /api/v1/embed/graph', '', headers);
  return embedPictureSchema.parse(await answer.json());
}

/** Somebody who may publish these namespaces of c1; null: all of it. */
async function publisher(namespaces: readonly string[] | null) {
  const person = await makePerson(hunt.database.urls, { role: null });
  const bind = (names: readonly string[] | null, role: 'security' | 'team' = 'security') =>
    putBinding(
      hunt.database.urls,
      {
        name: `publisher ${person.email}`,
        role,
        subjects: [{ kind: 'User', name: person.email }],
        scopes: [{ clusters: ['c1'], ...(names && { namespaces: [...names] }) }],
      },
      Date.now(),
    );
  await bind(namespaces);
  return { person, bind, shown: await browserOf(person) };
}

describe('making one', () => {
  it('takes the rights, a listed origin, and a link of one’s own to a graph', async () => {
    const own = await link(maker);
    const ask = (by: Shown, key: string, more: object = {}) =>
      hunt.read('POST /api/v1/embeds', '', by, wanted(key, more));
    await origins([]);
    expect(await ask(maker, own.key)).toMatch(/^403.*embedding-switched-off/);
    await origins([wiki]);
    for (const name of [...limited, ...strangers, 'operator'] as const)
      expect([name, (await ask(viewerOf(name), own.key)).slice(0, 3)]).toEqual([
        name,
        expect.stringMatching(/40[13]/),
      ]);
    // Whoever may, of a link that is not theirs: as of one that is not there.
    expect(await ask(viewerOf('security'), own.key)).toBe(await ask(viewerOf('security'), wrongId));
    expect(await ask(viewerOf('security'), own.key)).toMatch(/^404/);
    expect(await ask(maker, own.key, { audience: ' ' })).toMatch(/^400/);
    expect(await ask(maker, own.key, { expires: '365d' })).toMatch(/^400/);
    const flows = await link(maker, state(), { page: 'flows' });
    expect(await ask(maker, flows.key)).toMatch(/^400/);
    expect(await ask(maker, (await link(maker, '')).key)).toMatch(/^400/);
    expect(await ask(maker, own.key)).toMatch(/^200/);
  });

  it('is a right of tokens too, and none of a token that may not', async () => {
    const { person } = await publisher(['shop']);
    const own = await link({ authorization: person.bearer });
    expect(
      await hunt.read('POST /api/v1/embeds', '', { authorization: person.bearer }, wanted(own.key)),
    ).toMatch(/^200/);
    const narrow = await makePerson(hunt.database.urls, { rights: ['read', 'share', 'share:public'] });
    const bearer = { authorization: narrow.bearer };
    expect(await hunt.read('POST /api/v1/embeds', '', bearer, wanted((await link(bearer)).key))).toMatch(
      /^403.*not-allowed/,
    );
  });

  it('lives no longer than its link, and ninety days at most', async () => {
    const { key } = await link(maker, state(), { expires: '7d' });
    const answer = await hunt.ask('POST /api/v1/embeds', '', maker, wanted(key, { expires: '90d' }));
    const { expiresAt } = embedSchema.parse(await answer.json());
    expect(Date.parse(expiresAt) - Date.now()).toBeLessThan(7.1 * 86_400_000);
    const forever = asOwner(hunt.database.urls.owner, (owner) =>
      owner.change("UPDATE embed SET expires_at = created_at + interval '91 days'"),
    );
    await expect(forever).rejects.toThrow(/embed_life/);
  });

  it('lists, copies and revokes nothing of anybody else', async () => {
    const { key, id } = await embed();
    for (const name of ['admin', 'security', 'a team by name', 'a browser'] as const) {
      expect(await hunt.read('GET /api/v1/embeds', '', viewerOf(name))).not.toContain(key);
      expect(await hunt.read('DELETE /api/v1/embeds', `?key=${key}`, viewerOf(name))).toMatch(/^404/);
    }
    const own = await hunt.ask('GET /api/v1/embeds', '', maker);
    expect(embedsSchema.parse(await own.json()).embeds.map((each) => each.id)).toContain(id);
    expect(await open(id)).toMatch(/^200/);
  });
});

describe('what it shows', () => {
  it('is a graph without addresses, labels, machines, policies or sources', async () => {
    const { id, linkId } = await embed();
    const text = await look(await session(id));
    expect(text).toMatch(/^200/);
    expect(text).toContain('zz-hidden');
    expect(text).toContain(linkId);
    const words = [
      '10.77',
      '203.0.113',
      '10.0.0',
      'zz-label',
      'zz-node',
      'zz-host',
      'zz-policy',
      'zz-tier',
      'test.example',
    ];
    expect(told(text, '', words)).toEqual([]);
    expect(text).not.toMatch(/"inScope":(false|"source"|"target")|recordsPerSecond|set-cookie/);
  });

  it('is what its maker may show to everybody, and no more', async () => {
    const { shown } = await publisher(['shop']);
    const { id } = await embed(shown);
    const text = await look(await session(id));
    expect(text).toContain('"web"');
    expect(told(text, '', ['zz-hidden', 'zz-api', 'vault', 'till', 'zz-other'])).toEqual([]);
  });

  it('follows the scope of its maker when it narrows, and never widens with it', async () => {
    const { shown, bind } = await publisher(['shop', 'bank']);
    const { id } = await embed(shown);
    const token = await session(id);
    expect(await look(token)).toContain('till');
    await bind(['shop']);
    expect(await look(token)).not.toContain('till');
    expect(await look(token)).toContain('"web"');
    await bind(['shop', 'zz-hidden', 'zz-peer']);
    expect(told(await look(token), '', ['vault', 'zz-api', 'till'])).toEqual([]);
    await bind(['shop', 'bank']);
    expect(await look(token)).toContain('till');
  });

  it('has no place of a node that is not in it', async () => {
    const keys = ['c1/workload/zz-hidden/vault', 'c1/workload/shop/web'].map((nodeId) =>
      placeKey(`workload ${nodeId}`),
    );
    const places = Object.fromEntries(keys.map((key, index) => [key, [index, index]]));
    const { shown } = await publisher(['shop']);
    await hunt.ask('POST /api/v1/positions', '?cluster=c1', shown, JSON.stringify({ places }));
    const { id } = await embed(shown);
    expect(Object.keys((await picture(id)).places)).toEqual(keys.slice(1));
  });

  it('shows of a link what the link shows: its filter, its level and its window', async () => {
    const hide = encodeURIComponent('namespace == "zz-hidden"');
    const { id } = await embed(maker, `?cluster=c1&last=6h&level=namespace&layout=grouped&hide=${hide}`);
    const { graph, layout, moves } = await picture(id);
    expect([graph.level, layout, moves]).toEqual(['namespace', 'grouped', true]);
    const ids = graph.nodes.map((node) => node.id);
    expect(ids).toContain('c1/namespace/shop');
    expect(ids).not.toContain('c1/namespace/zz-hidden');
  });
});

describe('what opens it', () => {
  it('is alike for what is wrong, revoked, expired, whose link has ended, and where no origin is listed', async () => {
    const wrong = await open(wrongId);
    expect(wrong).toMatch(/^404/);
    const [revoked, expired, unlinked, good] = [await embed(), await embed(), await embed(), await embed()];
    const all = [revoked, expired, unlinked, good];
    const tokens = await Promise.all(all.map(({ id }) => session(id)));
    await hunt.ask('DELETE /api/v1/embeds', `?key=${revoked.key}`, maker);
    await hunt.ask('DELETE /api/v1/links', `?key=${unlinked.link}`, maker);
    await asOwner(hunt.database.urls.owner, (owner) =>
      owner.change('UPDATE embed SET expires_at = now() WHERE key = $1', [expired.key]),
    );
    const over = await look('flowloom_embed_nothing');
    expect(over).toMatch(/^401/);
    for (const [index, { id, key, linkId }] of all.slice(0, 3).entries()) {
      expect(await open(id)).toBe(wrong);
      expect(await open(key)).toBe(wrong);
      expect(await open(linkId)).toBe(wrong);
      // A frame that is open already shows its picture no longer, either.
      expect(await look(tokens[index] ?? '')).toBe(over);
    }
    expect(await look(tokens[3] ?? '')).toMatch(/^200/);
    await origins([]);
    expect(await open(good.id)).toBe(wrong);
    expect(await look(tokens[3] ?? '')).toBe(over);
    await origins([wiki]);
    expect(await look(tokens[3] ?? '')).toMatch(/^200/);
    // No other kind of address leads to it, and it leads to none of theirs.
    expect(await hunt.read('GET /api/v1/link', `?id=${good.id}`, maker)).toMatch(/^404/);
    expect(await hunt.read('GET /api/v1/snapshot', `?id=${good.id}`, maker)).toMatch(/^404/);
    expect(
      await hunt.read('POST /api/v1/public-snapshot', '', null, JSON.stringify({ id: good.id })),
    ).toMatch(/^404/);
  });

  it('ends when its maker may show nothing any more, or is gone', async () => {
    const wrong = await open(wrongId);
    const { shown, bind, person } = await publisher(['shop']);
    const { id } = await embed(shown);
    const token = await session(id);
    const ended = async () => [await open(id), (await look(token)).slice(0, 3)];
    await bind(['shop'], 'team');
    expect(await ended()).toEqual([wrong, '401']);
    await bind(['nowhere']);
    expect(await ended()).toEqual([wrong, '401']);
    await bind(['shop']);
    expect(await open(id)).toMatch(/^200/);
    await asOwner(hunt.database.urls.owner, (owner) =>
      owner.change('DELETE FROM app_user WHERE email = $1', [person.email]),
    );
    expect(await ended()).toEqual([wrong, '401']);
  });

  it('is no cookie and no token of anybody', async () => {
    const { id } = await embed();
    const answers = await Promise.all(
      [null, maker, viewerOf('nobody'), viewerOf('a team by name')].map((viewer) => open(id, viewer)),
    );
    const bare = (text: string) => text.replace(/"token":"[^"]*","until":"[^"]*"/, '');
    expect(new Set(answers.map(bare)).size).toBe(1);
    const over = await hunt.read('GET /api/v1/embed/graph', '', null);
    for (const name of ['admin', 'security', 'a browser', 'a team by name', 'a forged token'] as const)
      expect(await hunt.read('GET /api/v1/embed/graph', '', viewerOf(name))).toBe(over);
    expect(await hunt.read('GET /api/v1/embed/graph', '', maker)).toBe(over);
  });

  it('cannot be guessed for long, and says no more by it', async () => {
    const { id } = await embed();
    const statuses: string[] = [];
    for (let index = 0; index < 42; index += 1)
      statuses.push((await open(String(index).padStart(22, 'y'))).slice(0, 3));
    expect(statuses.slice(-2)).toEqual(['429', '429']);
    expect((await open(id)).slice(0, 3)).toBe('429');
    await asOwner(hunt.database.urls.owner, (owner) =>
      owner.change("DELETE FROM sign_in_attempt WHERE key LIKE 'guess:address:%'"),
    );
    expect(await open(id)).toMatch(/^200/);
  });

  it('is not closed to anybody by the readers of a page whose embed has ended', async () => {
    const [ended, good] = [await embed(), await embed()];
    await hunt.ask('DELETE /api/v1/embeds', `?key=${ended.key}`, maker);
    // Nor when nobody knows it any more.
    await asOwner(hunt.database.urls.owner, (owner) =>
      owner.change('DELETE FROM embed WHERE key = $1', [ended.key]),
    );
    const wrong = await open(wrongId);
    for (let index = 0; index < 45; index += 1) expect(await open(ended.id)).toBe(wrong);
    expect(await open(good.id)).toMatch(/^200/);
  });

  it('is nothing that a dump holds', async () => {
    const { id } = await embed();
    const token = await session(id);
    const rows = await asOwner(hunt.database.urls.owner, (owner) =>
      owner.ask<{ text: string }>('SELECT embed::text AS text FROM embed'),
    );
    const text = rows.map((row) => row.text).join('\n');
    expect(told(text, '', [id, Buffer.from(id).toString('hex'), token])).toEqual([]);
  });
});

// With a cookie of somebody beside it, as a frame on a page of the same site would have.
it('opens no other route with the session of a frame, whoever is signed in beside it', async () => {
  const { id } = await embed();
  const token = await session(id);
  const closed = hunt.routes.filter(
    (route) => route !== 'GET /api/v1/embed/graph' && !open_.has(route) && !route.endsWith('/metrics'),
  );
  expect(closed.length).toBeGreaterThan(50);
  for (const route of closed) {
    for (const beside of [{}, maker]) {
      const text = await hunt.read(route, '', { ...beside, authorization: `Bearer ${token}` }, bodyOf(route));
      expect([route, text.slice(0, 3)]).toEqual([route, '401']);
    }
  }
  // Nor does what is for everybody do more for it.
  for (const route of ['GET /api/v1/openapi.json', 'GET /api/v1/health'])
    expect(await hunt.read(route, '', { authorization: `Bearer ${token}` })).toBe(
      await hunt.read(route, '', null),
    );
});

/** Routes for everybody. */
const open_: ReadonlySet<string> = new Set([
  'GET /health',
  'GET /ready',
  'GET /api/v1/health',
  'GET /api/v1/ready',
  'GET /api/v1/openapi.json',
  'POST /api/v1/sign-in',
  'GET /api/v1/sign-in/oidc',
  'GET /api/v1/auth/callback/oidc',
  'POST /api/v1/first-admin',
  'POST /api/v1/public-snapshot',
  'POST /api/v1/embed/session',
]);

function bodyOf(route: string): string | undefined {
  return /^(POST|PATCH|PUT) /.test(route) ? '{}' : undefined;
}

describe('the origins', () => {
  const change = (body: object, by: Shown = viewerOf('admin')) =>
    hunt.read('POST /api/v1/sharing', '', by, JSON.stringify(body));

  it('are listed by admins, and stay when something else is changed', async () => {
    for (const name of ['security', 'operator', ...limited, ...strangers] as const)
      expect([
        name,
        (await change({ embedOrigins: ['https://evil.example'] }, viewerOf(name))).slice(0, 3),
      ]).toEqual([name, expect.stringMatching(/40[13]/)]);
    expect(
      await change({ embedOrigins: ['https://B.example/', 'https://a.example', 'https://b.example'] }),
    ).toMatch(/^200/);
    const answer = await hunt.ask('POST /api/v1/sharing', '', viewerOf('admin'), '{"publicSnapshots":true}');
    expect(sharingSchema.parse(await answer.json())).toEqual({
      publicSnapshots: true,
      embedOrigins: ['https://a.example', 'https://b.example'],
    });
  });

  it('are refused with the place and what to write', async () => {
    const refused = await change({ embedOrigins: [wiki, 'wiki.example.com'] });
    expect(refused).toMatch(/^400.*embedOrigins\.1.*https:\/\/wiki\.example\.com/);
    expect(await change({})).toMatch(/^400/);
    expect(await change({ embedOrigins: Array(51).fill(wiki) })).toMatch(/^400/);
  });

  it('are closed where what is stored is of another version', async () => {
    for (const stored of ['{"publicSnapshots":true}', '{"embedOrigins":["javascript:x"]}', '[]', '"x"'])
      await asOwner(hunt.database.urls.owner, async (owner) => {
        await owner.change("UPDATE setting SET value = $1::jsonb WHERE key = 'sharing'", [stored]);
        const answer = await hunt.ask('GET /api/v1/sharing', '', viewerOf('admin'));
        expect(sharingSchema.parse(await answer.json()).embedOrigins).toEqual([]);
      });
    await asOwner(hunt.database.urls.owner, (owner) =>
      owner.change("DELETE FROM setting WHERE key = 'sharing'"),
    );
  });
});

it('shows what is new in a cluster or an estate that its maker had whole', async () => {
  const { shown } = await publisher(null);
  const { shown: single } = await publisher(['shop', 'zz-hidden']);
  const embeds = [await embed(maker), await embed(shown), await embed(single)];
  const lines = foreignLines(hunt.nowMs).join('\n').replaceAll('zz-other', 'born-since');
  await ingestText(hunt.database, `${lines}\n`);
  const texts = await Promise.all(embeds.map(async ({ id }) => look(await session(id))));
  // The last one names it as the far end of what it shows.
  const own = 'c1/workload/born-since/other';
  expect(texts.map((text) => text.includes(own))).toEqual([true, true, false]);
});

it('is in the audit log: what was listed, made, opened and revoked, and for whom', async () => {
  const { id, key } = await embed();
  await open(id);
  await hunt.ask('DELETE /api/v1/embeds', `?key=${key}`, maker);
  const log = (kind: string) => hunt.read('GET /api/v1/audit', `?kind=${kind}`, viewerOf('security'));
  expect(await log('sharing-changed')).toContain(wiki);
  for (const kind of ['embed-created', 'embed-opened']) {
    const text = await log(kind);
    expect([kind, text.includes(key), text.includes('readers of the wiki')]).toEqual([kind, true, true]);
    expect(text).not.toContain(id);
  }
  expect(await log('embed-revoked')).toContain(key);
});

it('is a picture that is made once a minute, however many look, and anew when the scope changes', async () => {
  const { shown, bind } = await publisher(['shop', 'bank']);
  const { id } = await embed(shown);
  const tokens = await Promise.all(Array.from({ length: 4 }, () => session(id)));
  const bare = (text: string) => text.replace(/"session":\{[^}]*\},?/, '');
  const texts = await Promise.all(tokens.map((token) => look(token)));
  expect(new Set(texts.map(bare)).size).toBe(1);
  await bind(['bank']);
  expect(bare(await look(tokens[0] ?? ''))).not.toBe(bare(texts[0] ?? ''));
});
