import { afterAll, beforeAll, expect, it } from 'vitest';
import { everyPolicy } from '#lib/access/policy-rights.ts';
import { wholeEstate } from '#lib/access/scope.ts';
import { denialsSchema } from '#lib/contracts/denials.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { hourMs } from '#lib/kit/window.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { calicoLine, policyEstate, teamOf } from '../../test/policy-estate.ts';
import { applyInventory } from './apply-inventory.ts';
import type { PolicySeer } from './policy-world.ts';
import { readDenials } from './read-denials.ts';
import { readGraph } from './read-graph.ts';

const nowMs = Date.UTC(2026, 4, 2, 12);
const window = { fromMs: nowMs - 24 * hourMs, toMs: nowMs };
const namespace = (name: string, annotations: Readonly<Record<string, string>>) =>
  JSON.stringify({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, annotations } });

let database: TestDatabase;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  const text = [
    policyEstate,
    namespace('logs', { owner: 'zz-logs' }),
    namespace('payments', { owner: 'money', contact: '#money', 'flowloom/show-contact': 'true' }),
    namespace('shop', { owner: 'front' }),
  ].join('\n---\n');
  const files = [{ file: 'estate.yaml', text }];
  await applyInventory(database.urls, { cluster: 'c1', files, prune: 'none', nowMs: nowMs - 10 * hourMs });
  const at = { atMs: nowMs - 2 * hourMs, port: 8080, action: 'deny' } as const;
  const byCart = { enforced: ['0|default|shop/knp.default.cart-in|deny|-1'] };
  const bySecurity = { enforced: ['0|security|security.pci-restrict|deny|1'] };
  const lines = [
    calicoLine('logs/store', 'shop/cart', { ...at, hits: byCart }),
    calicoLine('logs/store', 'shop/cart', { ...at, port: 9090, hits: byCart }),
    calicoLine('shop/web', 'payments/api', { ...at, hits: bySecurity }),
    calicoLine('payments/jobs', 'shop/web', { ...at, hits: bySecurity }),
    calicoLine('logs/store', 'payments/api', { ...at, hits: bySecurity }),
    calicoLine('shop/web', 'shop/cart', { ...at, action: 'allow', hits: byCart }),
  ];
  await ingestText(database, `${lines.join('\n')}\n`, { format: 'calico', namedCluster: 'c1' });
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

async function denials({ scope, policies }: PolicySeer, namespaces: readonly string[] | null = ['shop']) {
  const query = { window, clusters: ['c1'], namespaces, policies };
  return denialsSchema.parse(await readDenials(reader, scope, query));
}

const shortOf = ({ nodes, denials: all }: Awaited<ReturnType<typeof denials>>) => {
  const name = (id: string) => nodes.find((node) => node.id === id)?.label;
  return all.map(({ source, target, denied, ports, decided }) => [
    `${name(source)} ${name(target)}`,
    denied.flows,
    ports.map(({ port }) => port),
    decided.map(({ direction, by, hidden }) => [direction, by?.trigger?.name ?? by?.name ?? null, hidden]),
  ]);
};

it('tells what was denied of a namespace, the most first, and which policy did it', async () => {
  const everybody = { scope: wholeEstate(), policies: everyPolicy };
  const [most, ...others] = shortOf(await denials(everybody));
  expect(most).toEqual(['logs shop', 2, [8080, 9090], [['ingress', 'cart-in', false]]]);
  expect(new Set(others)).toEqual(
    new Set([
      ['payments shop', 1, [8080], [['ingress', 'pci-restrict', false]]],
      ['shop payments', 1, [8080], [['ingress', 'pci-restrict', false]]],
    ]),
  );
  const all = await denials(everybody, null);
  expect(shortOf(all).map(([ends]) => ends)).toContain('logs payments');
});

it('tells a team of its own side alone, and of policies that are not its own nothing but that there are some', async () => {
  const found = await denials(teamOf('shop'), null);
  expect(new Map(shortOf(found).map(([ends, ...rest]) => [ends, rest]))).toEqual(
    new Map([
      ['logs shop', [2, [8080, 9090], [['ingress', 'cart-in', false]]]],
      ['payments shop', [1, [8080], [['ingress', null, true]]]],
      ['shop payments', [1, [8080], []]],
    ]),
  );
});

it('names whom to ask: of one’s own side, and of a far one that opted in', async () => {
  const { nodes } = await denials(teamOf('shop'));
  expect(nodes.map(({ label, contact }) => [label, contact])).toEqual([
    ['logs', null],
    ['payments', { owner: 'money', contact: '#money' }],
    ['shop', { owner: 'front', contact: null }],
  ]);
  expect(JSON.stringify(await denials(teamOf('shop')))).not.toContain('zz-logs');
});

it('names the edges as the graph does, and answers nothing of what is out of sight', async () => {
  const { scope } = teamOf('shop');
  const graph = await readGraph(reader, scope, {
    window,
    level: 'namespace',
    clusters: null,
    namespaces: null,
  });
  const { denials: found } = await denials(teamOf('shop'));
  expect(found.map(({ edge }) => edge).toSorted()).toEqual(
    graph.edges
      .filter(({ denied }) => denied.flows > 0)
      .map(({ id }) => id)
      .toSorted(),
  );
  expect((await denials(teamOf('shop'), ['nowhere'])).denials).toEqual([]);
});
