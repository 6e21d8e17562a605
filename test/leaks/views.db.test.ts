import { afterAll, beforeAll, expect, it } from 'vitest';
import { layerDocumentSchema } from '#lib/contracts/layers.ts';
import { viewSchema } from '#lib/contracts/views.ts';
import { type Hunt, openHunt, told } from './hunt.ts';
import { secrets, seedSecrets } from './secret-estate.ts';
import { limited, makeViewers, strangers } from './viewers.ts';

let hunt: Hunt;
let viewerOf: Awaited<ReturnType<typeof makeViewers>>;
let view = '';
let layer = '';

const secretWords = [...secrets.hidden, ...secrets.attributes, 'bank'];

/** A view and a layer for everyone that name all there is to hide, by whoever sees it all. */
beforeAll(async () => {
  hunt = await openHunt();
  await seedSecrets(hunt.database, hunt.nowMs);
  viewerOf = await makeViewers(hunt.database, hunt.nowMs);
  const [from, to] = [hunt.nowMs - 3_600_000, hunt.nowMs].map((ms) => new Date(ms).toISOString());
  const state = new URLSearchParams([
    ...Object.entries({ cluster: 'c1', from, to, level: 'workload', find: 'workload == "zz-api"' }).map(
      ([name, value]) => [name, value ?? ''],
    ),
    ['hide', 'namespace == "zz-hidden"'],
    ['expand', 'c1/namespace/zz-hidden'],
    ['expand', 'c1/workload/zz-peer/zz-api'],
    ['expand', 'c1/namespace/shop'],
    ['layer', 'Money:bank,zz-hidden,shop'],
    ['node', 'c1/workload/zz-hidden/vault'],
  ]);
  const audience = { kind: 'everyone' };
  const post = async (route: string, body: unknown) =>
    (await hunt.ask(route, '', viewerOf('admin'), JSON.stringify(body))).json();
  const query = `?${state}`;
  view = viewSchema.parse(await post('POST /api/v1/views', { name: 'everything', audience, query })).id;
  const namespaces = ['zz-hidden', 'zz-peer', 'bank', 'shop'];
  layer = layerDocumentSchema.parse(
    await post('POST /api/v1/layers', { name: 'All', audience, namespaces }),
  ).id;
});
afterAll(() => hunt.close());

async function everything(name: (typeof limited)[number] | (typeof strangers)[number] | 'admin') {
  const asked = [
    ['GET /api/v1/views', ''],
    ['GET /api/v1/view', `?id=${view}`],
    ['GET /api/v1/positions', `?cluster=c1&view=${view}`],
    ['GET /api/v1/layers', ''],
  ] as const;
  const found: (readonly [string, string])[] = [];
  for (const [route, query] of asked) found.push([route, await hunt.read(route, query, viewerOf(name))]);
  return new Map(found);
}

it('tells an admin all of it, so that it would be found elsewhere', async () => {
  const text = [...(await everything('admin')).values()].join('\n');
  for (const word of ['zz-hidden', 'zz-api', 'bank']) expect(text).toContain(word);
});

it.each(limited)('tells %s of what is theirs alone', async (name) => {
  const found = await everything(name);
  expect(found.get('GET /api/v1/view')).toContain('namespace/shop');
  expect(found.get('GET /api/v1/layers')).toContain('"All:');
  const words = name === 'a team of two' ? secretWords.filter((word) => word !== 'bank') : secretWords;
  for (const [route, text] of found) expect([route, told(text, '', words)]).toEqual([route, []]);
});

// What something of everyone's is called reaches everyone who may read, also whoever sees nothing yet.
it.each(strangers)('tells %s nothing of what is in there', async (name) => {
  for (const [route, text] of await everything(name))
    expect([route, told(text, '', [...secretWords, 'shop'])]).toEqual([route, []]);
});

it.each([...limited, ...strangers])('lets %s change neither', async (name) => {
  const viewer = viewerOf(name);
  for (const [route, query, body] of [
    ['PATCH /api/v1/views', `?id=${view}`, '{"name":"taken"}'],
    ['DELETE /api/v1/views', `?id=${view}`, undefined],
    ['DELETE /api/v1/layers', `?id=${layer}`, undefined],
  ] as const) {
    const text = await hunt.read(route, query, viewer, body);
    expect([route, text.slice(0, 1), told(text, body ?? '', secretWords)]).toEqual([route, '4', []]);
  }
});
