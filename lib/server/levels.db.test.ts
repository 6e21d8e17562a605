import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limitedScope, type Scope, wholeEstate } from '#lib/access/scope.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { withClient } from '../../test/with-client.ts';
import { readEdge } from './read-edge.ts';
import { readGraph } from './read-graph.ts';
import { readNode } from './read-node.ts';
import { readNodePods } from './read-node-pods.ts';

/** As many flows as no other sum of records has; what was denied names its policy. */
const records = [
  { from: 'shop/web', to: 'shop/cart', port: 8080, flows: 1, policy: null },
  { from: 'shop/web', to: 'pay/api', port: 443, flows: 2, policy: 'pay/deny-tls' },
  { from: 'shop/job', to: 'pay/api', port: 8443, flows: 4, policy: 'pay/deny-other' },
  { from: 'shop/job', to: 'pay/db', port: 5432, flows: 8, policy: null },
  { from: 'shop/web', to: 'kube-system/dns', port: 53, flows: 16, policy: null },
  { from: 'calico-system/typha', to: 'pay/api', port: 443, flows: 32, policy: 'pay/deny-typha' },
] as const;

const startSeconds = Date.UTC(2026, 4, 2, 10) / 1_000;
const window = { fromMs: startSeconds * 1_000 - 600_000, toMs: startSeconds * 1_000 + 1_200_000 };

function line({ from, to, port, flows, policy }: (typeof records)[number]): string {
  const pod = `x${flows.toString(36).replace(/[013aeiou]/g, 'z')}zzzz`.slice(0, 5);
  const end = (side: 'source' | 'dest', name: string) => ({
    [`${side}_name_aggr`]: `${name.split('/')[1]}-5d4c9bc94f-*`,
    [`${side}_name`]: `${name.split('/')[1]}-5d4c9bc94f-${pod}`,
    [`${side}_namespace`]: name.split('/')[0],
    [`${side}_type`]: 'wep',
  });
  const action = policy === null ? 'allow' : 'deny';
  return JSON.stringify({
    start_time: startSeconds,
    end_time: startSeconds + 60,
    ...end('source', from),
    ...end('dest', to),
    dest_port: port,
    proto: 'tcp',
    action,
    reporter: 'dst',
    num_flows: flows,
    num_flows_started: flows,
    bytes_in: flows,
    bytes_out: 0,
    policies:
      policy === null
        ? null
        : { all_policies: [`0|default|pay/default.${policy.split('/')[1]}|${action}|0`] },
  });
}

let database: TestDatabase;
let reader: Reader;
let shop: Scope;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  await ingestText(database, `${records.map(line).join('\n')}\n`, { format: 'calico' });
  const ids = await withClient(database.urls.owner, (client) =>
    client.query<{ id: string }>(`SELECT id FROM namespace WHERE name = 'shop'`),
  );
  shop = limitedScope({ clusters: [], namespaceIds: ids.rows.map(({ id }) => BigInt(id)) });
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

const everything = { window, clusters: null, namespaces: null };
const expand = ['c1/namespace/pay', 'c1/workload/pay/api'];
const opened = { ...everything, level: 'namespace', expand, layers: ['platform'] } as const;

describe('the details of what is drawn', () => {
  it('are those of a port alone, with the policies that decided there', async () => {
    const node = await readNode(reader, wholeEstate(), { ...opened, id: 'c1/workload/pay/api/tcp/443' });
    expect(node?.node).toMatchObject({ kind: 'port', label: 'tcp 443', parent: 'c1/workload/pay/api' });
    expect(node?.edges.map(({ source, denied }) => [source, denied.flows]).sort()).toEqual([
      ['c1/layer/platform', 32],
      ['c1/namespace/shop', 2],
    ]);
    expect(node?.denials.map(({ flows, by }) => [flows, by?.name])).toEqual([
      [32, 'deny-typha'],
      [2, 'deny-tls'],
    ]);
    for (const edge of node?.edges ?? []) {
      const detail = await readEdge(reader, wholeEstate(), { ...opened, id: edge.id });
      const isShop = edge.source === 'c1/namespace/shop';
      expect(detail?.ports.map(({ port }) => port)).toEqual([443]);
      expect(detail?.traces.map(({ flows, enforced }) => [flows, enforced.at(-1)?.name])).toEqual([
        isShop ? [2, 'deny-tls'] : [32, 'deny-typha'],
      ]);
    }
  });

  it('are those of all that is inside, of a node that is expanded', async () => {
    const whole = await readNode(reader, wholeEstate(), { ...opened, expand: [], id: 'c1/namespace/pay' });
    const inside = await readNode(reader, wholeEstate(), { ...opened, id: 'c1/namespace/pay' });
    const flows = (of: typeof whole) =>
      of?.edges.reduce((sum, { allowed, denied }) => sum + allowed.flows + denied.flows, 0);
    expect([flows(whole), flows(inside)]).toEqual([46, 46]);
    expect(inside?.node).toMatchObject({ id: 'c1/namespace/pay', expanded: true });
    const drawn = await readGraph(reader, wholeEstate(), opened);
    const ids = new Set(drawn.edges.map(({ id }) => id));
    expect(inside?.edges.every(({ id }) => ids.has(id))).toBe(true);
    expect(inside?.denials.map(({ edge, flows: of }) => [ids.has(edge), of])).toEqual([
      [true, 32],
      [true, 4],
      [true, 2],
    ]);
  });

  it.each([
    ['cluster', 'c1/cluster', [], 63, 3],
    ['namespace', 'c1/layer/platform', [], 48, 1],
    ['cluster', 'c1/layer/platform', ['c1/cluster'], 48, 1],
    ['namespace', 'c1/layer/platform', ['c1/layer/platform'], 48, 1],
    ['workload', 'c1/workload/pay/api', [], 38, 3],
    ['port', 'c1/workload/pay/api', [], 38, 3],
  ] as const)('are there at the level %s of %s', async (level, id, open, flows, denials) => {
    const query = { ...everything, level, expand: open, layers: ['platform'] as const, id };
    const node = await readNode(reader, wholeEstate(), query);
    expect(node?.edges.reduce((sum, { allowed, denied }) => sum + allowed.flows + denied.flows, 0)).toBe(
      flows,
    );
    expect(node?.denials).toHaveLength(denials);
    for (const edge of node?.edges ?? [])
      expect((await readEdge(reader, wholeEstate(), { ...query, id: edge.id }))?.edge).toEqual(edge);
  });
});

describe('the pods behind a node', () => {
  const pods = async (scope: Scope, id: string, query: Partial<typeof opened> = opened) => {
    const found = await readNodePods(reader, scope, { ...opened, ...query, id });
    return found?.pods.map(({ namespace, name }) => `${namespace}/${name.replace(/-5d4c9bc94f-.*/, '')}`);
  };

  it('are those that raw flows name, of a port those that serve it', async () => {
    expect(new Set(await pods(wholeEstate(), 'c1/workload/pay/api/tcp/443'))).toEqual(new Set(['pay/api']));
    expect(await pods(wholeEstate(), 'c1/workload/pay/api/tcp/443')).toHaveLength(2);
    expect(await pods(wholeEstate(), 'c1/workload/pay/api')).toHaveLength(3);
    expect(new Set(await pods(wholeEstate(), 'c1/namespace/pay'))).toEqual(new Set(['pay/api', 'pay/db']));
    expect(new Set(await pods(wholeEstate(), 'c1/layer/platform'))).toEqual(
      new Set(['kube-system/dns', 'calico-system/typha']),
    );
    expect(await pods(wholeEstate(), 'c1/namespace/nowhere')).toBeUndefined();
  });

  it('are told of a team to that team alone', async () => {
    expect(new Set(await pods(shop, 'c1/namespace/shop'))).toEqual(
      new Set(['shop/web', 'shop/cart', 'shop/job']),
    );
    expect(await pods(shop, 'c1/namespace/pay')).toEqual([]);
    expect(await pods(shop, 'c1/workload/pay/api')).toBeUndefined();
  });
});

describe('a team', () => {
  it('opens its own namespace and no other, as if the other were not there', async () => {
    const ids = async (...open: readonly string[]) => {
      const { nodes } = await readGraph(reader, shop, { ...everything, level: 'namespace', expand: open });
      return nodes.map(({ id }) => id);
    };
    const closed = ['c1/namespace/kube-system', 'c1/namespace/pay', 'c1/namespace/shop'];
    expect(await ids()).toEqual(closed);
    expect(await ids('c1/namespace/pay', 'c1/workload/pay/api', 'c1/namespace/calico-system')).toEqual(
      closed,
    );
    expect(await ids('c1/namespace/nowhere')).toEqual(closed);
    expect(await ids('c1/namespace/shop')).toEqual([
      ...closed,
      'c1/workload/shop/cart',
      'c1/workload/shop/job',
      'c1/workload/shop/web',
    ]);
  });

  it('gets the same of a far end, whatever it asks to open', async () => {
    const query = { ...everything, level: 'namespace', id: 'c1/namespace/pay' } as const;
    const plain = await readNode(reader, shop, query);
    expect(plain?.edges).toHaveLength(1);
    expect(await readNode(reader, shop, { ...query, expand: ['c1/namespace/pay'] })).toEqual(plain);
    const port = 'c1/workload/pay/api/tcp/443';
    expect(await readNode(reader, shop, { ...query, expand, id: port })).toBeNull();
  });
});
