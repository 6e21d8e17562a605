import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { limitedScope, type Scope, wholeEstate } from '#lib/access/scope.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { applyInventory } from './apply-inventory.ts';
import { readEdge } from './read-edge.ts';
import { readGraph } from './read-graph.ts';
import { readNode } from './read-node.ts';

const atSeconds = Date.UTC(2026, 4, 2, 10) / 1_000;
const window = { fromMs: atSeconds * 1_000, toMs: atSeconds * 1_000 + 600_000 };
const far = ['open', 'hush', 'bare', 'deaf'] as const;

function line(namespace: string): string {
  return JSON.stringify({
    start_time: atSeconds,
    end_time: atSeconds + 60,
    source_name_aggr: 'web-5d4c9bc94f-*',
    source_namespace: 'shop',
    source_type: 'wep',
    source_labels: { labels: ['app=web', 'team=front'] },
    dest_name_aggr: 'api-5d4c9bc94f-*',
    dest_namespace: namespace,
    dest_type: 'wep',
    dest_port: 443,
    proto: 'tcp',
    action: 'allow',
    reporter: 'src',
    num_flows: 1,
    num_flows_started: 1,
  });
}

const namespaceOf = (name: string, annotations: Readonly<Record<string, string>>) =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: { name, labels: { tier: name }, annotations },
  });
const people = { owner: 'zz-owner', contact: '#zz-contact' };
const manifests = [
  namespaceOf('shop', { owner: 'shop-team' }),
  namespaceOf('open', { ...people, 'flowloom/show-contact': 'true' }),
  namespaceOf('hush', people),
  namespaceOf('deaf', { ...people, 'flowloom/show-contact': 'false' }),
  // Opted in, and nobody's peer.
  namespaceOf('stranger', { ...people, 'flowloom/show-contact': 'true' }),
];

let database: TestDatabase;
let reader: Reader;
let shop: Scope;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  await ingestText(database, `${far.map(line).join('\n')}\n`, { format: 'calico' });
  const owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  const { rows } = await owner.query<{ id: string }>(`SELECT id FROM namespace WHERE name = 'shop'`);
  await owner.end();
  shop = limitedScope({ clusters: [], namespaceIds: rows.map(({ id }) => BigInt(id)) });
  await applyInventory(database.urls, {
    cluster: 'c1',
    files: [{ file: 'a.yaml', text: manifests.join('\n---\n') }],
    prune: 'none',
    nowMs: window.fromMs,
  });
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

async function edgeTo(namespace: string, scope: Scope) {
  const question = { window, level: 'namespace', clusters: null, namespaces: null } as const;
  const { edges } = await readGraph(reader, scope, question);
  const id = edges.find(({ target }) => target.endsWith(`/${namespace}`))?.id ?? '';
  return readEdge(reader, scope, { window, level: 'namespace', id });
}

const nodeOf = (id: string, scope: Scope, level: 'namespace' | 'workload' = 'namespace') =>
  readNode(reader, scope, { window, level, id });

/** All of an answer, with the name of the namespace and what is made of it taken out. */
function alike(answer: unknown, namespace: string, id: string | undefined): string {
  return JSON.stringify(answer)
    .replaceAll(namespace, 'NS')
    .replaceAll(id ?? '', 'ID');
}

it('shows a refused team whom to ask, where the far namespace opted in', async () => {
  expect((await edgeTo('open', shop))?.contacts).toEqual({
    source: { owner: 'shop-team', contact: null },
    target: people,
  });
  const node = await nodeOf('c1/namespace/open', shop);
  expect([node?.contact, node?.labels]).toEqual([people, []]);
});

it('tells of one that did not opt in no more than of one that nobody described', async () => {
  const bare = await edgeTo('bare', shop);
  const bareNode = await nodeOf('c1/namespace/bare', shop);
  for (const name of ['hush', 'deaf'] as const) {
    const edge = await edgeTo(name, shop);
    expect(alike(edge, name, edge?.edge.id)).toBe(alike(bare, 'bare', bare?.edge.id));
    const node = await nodeOf(`c1/namespace/${name}`, shop);
    expect(alike(node, name, edge?.edge.id)).toBe(alike(bareNode, 'bare', bare?.edge.id));
    expect(JSON.stringify([edge, node])).not.toContain('zz-');
  }
});

it('tells of nobody where far ends are not told of', async () => {
  const silent = limitedScope({ ...shop, farEnd: 'nothing' });
  const asked = { name: 'test', text: 'SELECT name FROM viewer_contact', values: [] };
  expect(await reader.ask(silent, asked)).toEqual([]);
  const edge = await edgeTo('outside-scope', silent);
  const outside = edge ?? (await readEdgeOf(silent));
  expect(outside?.contacts.target).toBeNull();
  expect(JSON.stringify(outside)).not.toContain('zz-');
});

async function readEdgeOf(scope: Scope) {
  const question = { window, level: 'namespace', clusters: null, namespaces: null } as const;
  const { edges } = await readGraph(reader, scope, question);
  return readEdge(reader, scope, { window, level: 'namespace', id: edges[0]?.id ?? '' });
}

it('stands behind the second wall: a peer that opted in, and nobody else', async () => {
  const asked = { name: 'test', text: 'SELECT name FROM viewer_contact ORDER BY name', values: [] };
  expect(await reader.ask(shop, asked)).toEqual([{ name: 'open' }]);
  expect(await reader.ask(limitedScope({ clusters: [], namespaceIds: [1n] }), asked)).toEqual([]);
});

it('shows whoever sees it all labels, people, and when a node was seen', async () => {
  const seen = { firstOn: '2026-05-02', lastOn: '2026-05-02' };
  expect(await nodeOf('c1/namespace/hush', wholeEstate())).toMatchObject({
    contact: people,
    labels: ['kubernetes.io/metadata.name=hush', 'tier=hush'],
    seen,
  });
  expect(await nodeOf('c1/workload/shop/web', shop, 'workload')).toMatchObject({
    contact: { owner: 'shop-team', contact: null },
    labels: ['app=web', 'team=front'],
    seen,
  });
});
