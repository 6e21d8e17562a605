import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { limitedScope, type Scope, wholeEstate } from '#lib/access/scope.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { decidingPolicies } from '#lib/db/sql/deciding-policies.ts';
import { labelsSeen } from '#lib/db/sql/labels-seen.ts';
import { parseFilter } from '#lib/filter/filter.ts';
import type { RoleRule } from '#lib/inventory/model.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { readEdge } from './read-edge.ts';
import { readGraph } from './read-graph.ts';
import { readNode } from './read-node.ts';

/** A Calico record of one side, with as many flows as no other sum of records has. */
type Seen = {
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly verdict: 'allowed' | 'denied';
  readonly policy: string | null;
  readonly flows: number;
};

const records: readonly Seen[] = [
  { from: 'shop/web', to: 'shop/cart', port: 8080, verdict: 'allowed', policy: 'shop/allow-web', flows: 1 },
  { from: 'shop/web', to: 'pay/api', port: 443, verdict: 'allowed', policy: 'pay/allow-shop', flows: 2 },
  { from: 'shop/web', to: 'pay/api', port: 8443, verdict: 'denied', policy: 'pay/deny-rest', flows: 4 },
  { from: 'shop/job', to: 'pay/api', port: 443, verdict: 'denied', policy: 'pay/deny-rest', flows: 8 },
  { from: 'ops/scan', to: 'pay/db', port: 5432, verdict: 'denied', policy: 'global-deny', flows: 16 },
  { from: 'ops/scan', to: 'shop/cart', port: 8080, verdict: 'allowed', policy: null, flows: 32 },
  { from: 'ops/scan', to: 'shop/cart', port: 53, verdict: 'allowed', policy: 'shop/allow-dns', flows: 64 },
];
const labels: Readonly<Record<string, string>> = { web: 'team=front', api: 'team=money', job: 'tier=batch' };

const startSeconds = Date.UTC(2026, 4, 2, 10) / 1_000;
const window = { fromMs: startSeconds * 1_000 - 600_000, toMs: startSeconds * 1_000 + 1_200_000 };

function line({ from, to, port, verdict, policy, flows }: Seen): string {
  const [sourceNamespace, source = ''] = from.split('/');
  const [destNamespace, dest = ''] = to.split('/');
  const tier = policy === 'global-deny' ? 'security' : 'default';
  const [namespace, name] = policy?.includes('/') ? policy.split('/') : [null, policy];
  const path = namespace ? `${namespace}/${tier}.${name}` : `${tier}.${name}`;
  const action = verdict === 'denied' ? 'deny' : 'allow';
  return JSON.stringify({
    start_time: startSeconds,
    end_time: startSeconds + 60,
    source_name_aggr: `${source}-5d4c9bc94f-*`,
    source_namespace: sourceNamespace,
    source_type: 'wep',
    source_labels: { labels: labels[source] ? [labels[source]] : [`app=${source}`] },
    dest_name_aggr: `${dest}-5d4c9bc94f-*`,
    dest_namespace: destNamespace,
    dest_type: 'wep',
    dest_labels: { labels: labels[dest] ? [labels[dest]] : [`app=${dest}`] },
    dest_port: port,
    proto: 'tcp',
    action,
    reporter: 'dst',
    num_flows: flows,
    num_flows_started: flows,
    bytes_in: flows * 10,
    bytes_out: 0,
    policies: policy === null ? null : { all_policies: [`0|${tier}|${path}|${action}|0`] },
  });
}

let database: TestDatabase;
let reader: Reader;
let shop: Scope;

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  const result = await ingestText(database, `${records.map(line).join('\n')}\n`, { format: 'calico' });
  expect(result).toMatchObject({ accepted: records.length, rejected: 0 });
  const owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  const { rows } = await owner.query<{ id: string }>(`SELECT id FROM namespace WHERE name = 'shop'`);
  await owner.end();
  shop = limitedScope({ clusters: [], namespaceIds: rows.map(({ id }) => BigInt(id)) });
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

function filter(text: string) {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.error.message}`);
  return parsed.value;
}

const question = { window, level: 'namespace', clusters: null, namespaces: null } as const;

/** Flows by edge: the graph's own count, and what adding up the records gives. */
async function counted(text: { readonly show?: string; readonly hide?: string }) {
  const filters = { show: filter(text.show ?? ''), hide: filter(text.hide ?? '') };
  const { edges, nodes } = await readGraph(reader, wholeEstate(), { ...question, filters });
  const ends = new Set(edges.flatMap(({ source, target }) => [source, target]));
  expect(nodes.map(({ id }) => id).sort()).toEqual([...ends].sort());
  return Object.fromEntries(
    edges.map((edge) => [
      `${edge.source.split('/')[2]} ${edge.target.split('/')[2]}`,
      edge.allowed.flows + edge.denied.flows + edge.dropped.flows,
    ]),
  );
}

function summed(keeps: (seen: Seen) => boolean): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const seen of records.filter(keeps)) {
    const edge = `${seen.from.split('/')[0]} ${seen.to.split('/')[0]}`;
    sums[edge] = (sums[edge] ?? 0) + seen.flows;
  }
  return sums;
}

const has = (seen: Seen, end: string) => seen.from === end || seen.to === end;

describe('the graph under a filter', () => {
  it.each<[string, (seen: Seen) => boolean]>([
    ['', () => true],
    ['port == 443', ({ port }) => port === 443],
    ['verdict == "denied" && port in {443}', ({ verdict, port }) => verdict === 'denied' && port === 443],
    ['namespace != "pay"', ({ to }) => !to.startsWith('pay/')],
    ['workload == "cart"', (seen) => has(seen, 'shop/cart')],
    ['source.workload starts with "s"', ({ from }) => from === 'ops/scan'],
    ['source.namespace == dest.namespace', ({ from, to }) => from.split('/')[0] === to.split('/')[0]],
    ['kind == "host"', () => false],
    ['policy == "deny-rest"', ({ policy }) => policy === 'pay/deny-rest'],
    [
      'policy == "pay/deny-rest" && port == 443',
      ({ policy, port }) => policy === 'pay/deny-rest' && port === 443,
    ],
    ['tier == "security"', ({ policy }) => policy === 'global-deny'],
    ['dest.namespace == "shop" && !has(policy)', ({ to, policy }) => to === 'shop/cart' && policy === null],
    ['label.team == "front"', (seen) => has(seen, 'shop/web')],
    [
      '!has(source.label.team) && dest.label.team contains "on"',
      ({ from, to }) => from !== 'shop/web' && to === 'pay/api',
    ],
    [
      'denied > 10',
      ({ from, to }) =>
        `${from.split('/')[0]} ${to.split('/')[0]}` === 'ops pay' ||
        `${from.split('/')[0]} ${to.split('/')[0]}` === 'shop pay',
    ],
    // Of the flows to 443 alone 8 were denied, so that more than 10 is too many.
    ['port == 443 && denied > 10', () => false],
    ['port == 443 && denied == 8 && bytes >= 100', ({ port }) => port === 443],
  ])('shows %s, and hides it', async (text, keeps) => {
    expect(await counted({ show: text })).toEqual(summed(keeps));
    if (text !== '') expect(await counted({ hide: text })).toEqual(summed((seen) => !keeps(seen)));
  });

  it('hides before it shows', async () => {
    expect(await counted({ hide: 'port == 8443', show: 'denied > 0' })).toEqual(
      summed(({ to, port }) => to.startsWith('pay/') && port !== 8443),
    );
  });

  it('reaches the details of an edge and of a node', async () => {
    const filters = { show: filter('workload == "job"'), hide: null };
    const { edges } = await readGraph(reader, wholeEstate(), { ...question, filters });
    const id = edges[0]?.id ?? '';
    const edge = await readEdge(reader, wholeEstate(), { window, level: 'namespace', id, filters });
    expect(edge).toMatchObject({
      edge: { denied: { flows: 8 }, allowed: { flows: 0 } },
      ports: [{ port: 443 }],
    });
    const node = await readNode(reader, wholeEstate(), {
      window,
      level: 'namespace',
      id: 'c1/namespace/pay',
      filters,
    });
    expect(node?.edges).toHaveLength(1);
  });
});

const calico = { verbs: ['get'], apiGroups: ['projectcalico.org'], nonResourceUrls: [] };
const readTier: RoleRule = { ...calico, resources: ['tiers'], resourceNames: ['default'] };
const readPolicy: RoleRule = { ...calico, resources: ['tier.networkpolicies'], resourceNames: ['allow-web'] };

describe('what a filter asks of a team', () => {
  it('is the labels of its own namespaces alone', async () => {
    const seen = await labelsSeen(reader, shop, { window, keys: ['team', 'tier'] });
    expect(seen.map(({ end, labels: of }) => [end.namespace, end.name, ...of]).sort()).toEqual([
      ['shop', 'cart'],
      ['shop', 'job', 'tier=batch'],
      ['shop', 'web', 'team=front'],
    ]);
  });

  it('is the policies that decided at its own ends alone', async () => {
    const decided = await decidingPolicies(reader, shop, window);
    expect(new Set(decided.flatMap(({ hits }) => hits.map(({ name }) => name)))).toEqual(
      new Set(['allow-web', 'allow-dns']),
    );
    expect(new Set(decided.map(({ side, target }) => `${side} ${target.namespace}`))).toEqual(
      new Set(['dest shop']),
    );
  });

  // By RBAC: pods of shop may be listed, and at most one policy in each tier that is known may be read.
  it.each<[string, RoleRule[], number, number]>([
    ['who may read no policy', [], 0, 0],
    ['who knows the tier', [readTier], 0, 65],
    ['who may read one policy', [readTier, readPolicy], 1, 65],
  ])('shows somebody %s no more by bisecting than by an edge', async (_who, rules, named, tiered) => {
    const ofC1 = { everywhere: rules, byNamespace: new Map() };
    const policies = {
      isEstate: false,
      clusters: new Set<string>(),
      namespaces: new Set<string>(),
      rules: new Map([['c1', ofC1]]),
    };
    const flows = async (text: string) => {
      const filters = { show: filter(text), hide: null };
      const { edges } = await readGraph(reader, shop, { ...question, filters, policies });
      return edges.reduce((sum, { allowed, denied }) => sum + allowed.flows + denied.flows, 0);
    };
    expect(await flows('policy starts with "allow-w"')).toBe(named);
    expect(await flows('policy contains "allow-d"')).toBe(0);
    expect(await flows('tier == "default"')).toBe(tiered);
    // What is hidden may be anything.
    expect(await flows('dest.namespace == "shop" && port == 53 && !(policy == "nothing")')).toBe(0);
  });
});
