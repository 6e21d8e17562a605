import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyPolicy } from '#lib/access/policy-rights.ts';
import { limitedScope, type Scope, wholeEstate } from '#lib/access/scope.ts';
import type { FlowDocument } from '#lib/contracts/flows.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { parseFilter } from '#lib/filter/filter.ts';
import { noFilters } from '#lib/graph/filter-traffic.ts';
import { dayMs, minuteMs } from '#lib/kit/window.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { exportFlows } from './export-flows.ts';
import { parseFlowCursor } from './flow-cursor.ts';
import { type FlowsQuery, type FlowViewer, listFlows } from './list-flows.ts';
import { readGraph } from './read-graph.ts';

const startMs = Date.UTC(2026, 4, 2, 23, 30);

/** A Calico record; `bytes` are a number of its own, by which it is known again. */
type Seen = {
  readonly second: number;
  readonly from: string;
  readonly to: string;
  readonly port: number;
  readonly verdict: 'allow' | 'deny';
  readonly policy?: string;
  readonly bytes: number;
};

const names = ['shop/web', 'shop/cart', 'pay/api', 'ops/scan'] as const;

// Many start together, some look alike, and they reach over midnight.
const records: readonly Seen[] = Array.from({ length: 144 }, (_, index) => ({
  second: Math.floor(index / 12) * 300,
  from: names[index % 4] ?? '',
  to: names[(index + 1) % 3] ?? '',
  port: index % 5 === 0 ? 443 : 8080,
  verdict: index % 7 === 0 ? ('deny' as const) : ('allow' as const),
  ...(index % 7 === 0
    ? { policy: `${(names[(index + 1) % 3] ?? '').split('/')[0]}/default.deny-${index % 2}` }
    : {}),
  bytes: index % 6 === 0 ? 1 : 100 + index,
}));

function line({ second, from, to, port, verdict, policy, bytes }: Seen): string {
  const [sourceNamespace, source] = from.split('/');
  const [destNamespace, dest] = to.split('/');
  const at = startMs / 1_000 + second;
  return JSON.stringify({
    start_time: at,
    end_time: at + 30,
    source_ip: '10.0.0.1',
    source_port: 40_001,
    source_name: `${source}-5d4c9bc94f-bcdfg`,
    source_name_aggr: `${source}-5d4c9bc94f-*`,
    source_namespace: sourceNamespace,
    source_type: 'wep',
    dest_ip: '10.0.0.2',
    dest_name: `${dest}-5d4c9bc94f-zzzzz`,
    dest_name_aggr: `${dest}-5d4c9bc94f-*`,
    dest_namespace: destNamespace,
    dest_type: 'wep',
    dest_port: port,
    proto: 'tcp',
    action: verdict,
    reporter: 'dst',
    num_flows: 1,
    num_flows_started: 1,
    bytes_in: bytes,
    bytes_out: 0,
    policies: policy === undefined ? null : { all_policies: [`0|default|${policy}|deny|0`] },
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
  shop = limitedScope({ clusters: [], namespaceIds: [await namespaceId('shop')] });
});
afterAll(async () => {
  await reader.close();
  await database.drop();
});

async function namespaceId(name: string): Promise<bigint> {
  const owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  const { rows } = await owner.query<{ id: string }>('SELECT id FROM namespace WHERE name = $1', [name]);
  await owner.end();
  return BigInt(rows[0]?.id ?? 0);
}

const operator: FlowViewer = { scope: wholeEstate(), policies: everyPolicy };
const team = (): FlowViewer => ({ scope: shop, policies: { ...everyPolicy, isEstate: false } });
const everything: FlowsQuery = {
  window: { fromMs: startMs, toMs: startMs + dayMs },
  level: 'namespace',
  clusters: null,
  namespaces: null,
  edge: null,
  node: null,
  filters: noFilters,
};

function filtered(text: string, hide = ''): FlowsQuery {
  const [shown, hidden] = [parseFilter(text), parseFilter(hide)];
  if (!shown.ok || !hidden.ok) throw new Error(text);
  return { ...everything, filters: { show: shown.value, hide: hidden.value } };
}

async function allPages(
  viewer: FlowViewer,
  query: FlowsQuery,
  limit: number,
): Promise<readonly FlowDocument[]> {
  const flows: FlowDocument[] = [];
  let cursor: string | null = null;
  do {
    const after = cursor === null ? null : parseFlowCursor(cursor);
    if (after !== null && !after.ok) throw new Error(after.error);
    const page = await listFlows(reader, viewer, query, { after: after?.value ?? null, limit });
    expect(page.flows.length).toBe(page.next === null ? page.flows.length : limit);
    flows.push(...page.flows);
    cursor = page.next;
  } while (cursor !== null);
  return flows;
}

/** What a flow is known again by, from a document and from a record. */
const told = ({ at, source, target, port, verdict, bytes }: FlowDocument): string =>
  [at, source.namespace, source.name, target.namespace, target.name, port, verdict, bytes].join(' ');
const written = ({ second, from, to, port, verdict, bytes }: Seen): string => {
  const at = new Date(startMs + second * 1_000).toISOString();
  const word = verdict === 'deny' ? 'denied' : 'allowed';
  return [at, ...from.split('/'), ...to.split('/'), port, word, bytes].join(' ');
};

async function foundIn(query: FlowsQuery): Promise<readonly string[]> {
  return (await allPages(operator, query, 50)).map(told).sort();
}
const wanted = (keeps: (seen: Seen) => boolean) => records.filter(keeps).map(written).sort();

describe('pages', () => {
  it('hold every flow once, newest first, whatever their size', async () => {
    const whole = await allPages(operator, everything, 1_000);
    expect(whole.map(told).sort()).toEqual(records.map(written).sort());
    const times = whole.map(({ at }) => at);
    expect(times).toEqual(times.toSorted().reverse());
    for (const limit of [12, 37]) expect(await allPages(operator, everything, limit)).toEqual(whole);
    // Two starts of flows, one page a flow.
    const window = { fromMs: startMs, toMs: startMs + 400_000 };
    expect(await allPages(operator, { ...everything, window }, 1)).toEqual(whole.slice(-24));
  });

  it('begin and end with the window', async () => {
    const window = { fromMs: startMs + 300_000, toMs: startMs + 1_200_000 };
    const found = await foundIn({ ...everything, window });
    expect(found).toEqual(wanted(({ second }) => second >= 300 && second < 1_200));
  });

  it('stay where they are while older, newer and like flows arrive', async () => {
    const own = await freshDatabase();
    const ownReader = openReader(own.urls);
    try {
      await ingestText(own, `${records.map(line).join('\n')}\n`, { format: 'calico' });
      const first = await listFlows(ownReader, operator, everything, { after: null, limit: 30 });
      const late = records.slice(0, 60).map((seen) => line({ ...seen, bytes: 7 }));
      const newer = records.slice(0, 5).map((seen) => line({ ...seen, second: 9_000, bytes: 8 }));
      await ingestText(own, `${[...late, ...newer].join('\n')}\n`, { format: 'calico' });
      const seen = first.flows.map(told);
      for (let cursor = first.next; cursor !== null; ) {
        const after = parseFlowCursor(cursor);
        if (!after.ok) throw new Error(after.error);
        const page = await listFlows(ownReader, operator, everything, { after: after.value, limit: 30 });
        seen.push(...page.flows.map(told));
        cursor = page.next;
      }
      const old = seen.filter((text) => !/ [78]$/.test(text));
      expect(old.sort()).toEqual(records.map(written).sort());
      expect(seen.filter((text) => text.endsWith(' 8'))).toEqual([]);
      expect(seen.filter((text) => text.endsWith(' 7'))).toHaveLength(60);
    } finally {
      await ownReader.close();
      await own.drop();
    }
  });

  it('are refused a cursor that no page gave', () => {
    for (const text of ['', 'x', 'MQ', Buffer.from('1.2.3').toString('base64url')]) {
      expect(parseFlowCursor(text).ok).toBe(false);
    }
  });
});

describe('filters', () => {
  it.each([
    ['verdict == "denied"', ({ verdict }: Seen) => verdict === 'deny'],
    [
      'source.namespace == "shop" && port == 443',
      ({ from, port }: Seen) => from.startsWith('shop/') && port === 443,
    ],
    ['workload == "api"', ({ from, to }: Seen) => from === 'pay/api' || to === 'pay/api'],
    ['dest.namespace != "shop"', ({ to }: Seen) => !to.startsWith('shop/')],
  ] as const)('%s', async (text, keeps) => {
    expect(await foundIn(filtered(text))).toEqual(wanted(keeps));
    expect(await foundIn(filtered('', text))).toEqual(wanted((seen) => !keeps(seen)));
  });

  it('of counters are those of the edge', async () => {
    const { edges } = await readGraph(reader, operator.scope, { ...everything, level: 'namespace' });
    const few = edges.find(({ denied }) => denied.flows > 0)?.denied.flows ?? 0;
    const names = new Set(
      edges.filter(({ denied }) => denied.flows > few).map(({ source, target }) => `${source} ${target}`),
    );
    const edgeOf = ({ from, to }: Seen) =>
      [from, to].map((end) => `c1/namespace/${end.split('/')[0]}`).join(' ');
    expect(names.size).toBeGreaterThan(0);
    expect(await foundIn(filtered(`denied > ${few}`))).toEqual(wanted((seen) => names.has(edgeOf(seen))));
  });

  it('of policies are those that records name', async () => {
    expect(await foundIn(filtered('policy == "deny-1" && verdict == "denied"'))).toEqual(
      wanted(({ policy, verdict, ...seen }) => {
        const alike = records.filter(
          (other) =>
            other.verdict === 'deny' &&
            other.from === seen.from &&
            other.to === seen.to &&
            other.port === seen.port,
        );
        return verdict === 'deny' && alike.some((other) => other.policy?.endsWith('deny-1') ?? false);
      }),
    );
  });

  it('choose the flows of an edge, of a node, of a namespace', async () => {
    const { edges } = await readGraph(reader, operator.scope, { ...everything, level: 'workload' });
    const edge = edges.find(
      ({ source, target }) => source.endsWith('/shop/web') && target.endsWith('/shop/cart'),
    );
    expect(edge).toBeDefined();
    const ofEdge = { ...everything, level: 'workload', edge: edge?.id ?? '' } as const;
    expect(await foundIn(ofEdge)).toEqual(
      wanted(({ from, to }) => from === 'shop/web' && to === 'shop/cart'),
    );
    const hasPay = ({ from, to }: Seen) => from.startsWith('pay/') || to.startsWith('pay/');
    expect(await foundIn({ ...everything, node: 'c1/namespace/pay' })).toEqual(wanted(hasPay));
    expect(await foundIn({ ...everything, namespaces: ['pay'] })).toEqual(wanted(hasPay));
    expect(await foundIn({ ...everything, clusters: ['nowhere'] })).toEqual([]);
  });
});

describe('a team', () => {
  it('sees its own ends whole and of the others their namespace', async () => {
    const flows = await allPages(team(), everything, 40);
    const hasShop = ({ from, to }: Seen) => from.startsWith('shop/') || to.startsWith('shop/');
    expect(flows).toHaveLength(records.filter(hasShop).length);
    for (const { source, target, egress, ingress } of flows) {
      for (const [end, trace] of [
        [source, egress],
        [target, ingress],
      ] as const) {
        if (end.namespace === 'shop') {
          expect(end).toMatchObject({
            inScope: true,
            kind: 'workload',
            address: expect.stringMatching(/^10\./),
          });
          expect(end.pod).toMatch(/^(web|cart)-/);
          expect(trace).not.toBeNull();
        } else {
          expect(end).toMatchObject({
            inScope: false,
            kind: 'namespace',
            name: '',
            pod: null,
            address: null,
            port: null,
          });
          expect(trace).toBeNull();
        }
      }
    }
  });

  it('is told that policies are hidden, and not which', async () => {
    const flows = await allPages(team(), filtered('verdict == "denied" && dest.namespace == "shop"'), 40);
    expect(flows.length).toBeGreaterThan(0);
    for (const { ingress } of flows) expect(ingress).toEqual({ enforced: [], pending: [], hidden: true });
    const open = await allPages(team(), filtered('verdict == "allowed" && dest.namespace == "shop"'), 40);
    for (const { ingress } of open) expect(ingress).toEqual({ enforced: [], pending: [], hidden: false });
  });

  it('sees nothing of anybody where it has nothing', async () => {
    const nobody = { ...team(), scope: limitedScope({ clusters: [], namespaceIds: [] }) };
    expect(await listFlows(reader, nobody, everything, { after: null, limit: 10 })).toMatchObject({
      flows: [],
      next: null,
    });
  });

  it('sees of a namespace made anew what is its own from a day on', async () => {
    const sinceMs = Date.UTC(2026, 4, 3);
    const since = limitedScope({
      clusters: [],
      namespaceIds: [],
      namespacesSince: [{ id: await namespaceId('shop'), sinceMs }],
    });
    const viewer = { ...team(), scope: since };
    const isNew = ({ second, from, to }: Seen) =>
      startMs + second * 1_000 >= sinceMs && (from.startsWith('shop/') || to.startsWith('shop/'));
    expect(await allPages(viewer, everything, 9)).toHaveLength(records.filter(isNew).length);
    expect(await allPages(viewer, filtered('workload == "web"'), 9)).toHaveLength(
      records.filter((seen) => isNew(seen) && (seen.from === 'shop/web' || seen.to === 'shop/web')).length,
    );
  });
});

describe('an export', () => {
  async function textOf(query: FlowsQuery, format: 'csv' | 'jsonl'): Promise<string> {
    const parts: string[] = [];
    for await (const part of exportFlows(reader, operator, query, format)) parts.push(part);
    return parts.join('');
  }

  it('has the same flows in the same order, as JSON lines', async () => {
    const lines = (await textOf(everything, 'jsonl')).trimEnd().split('\n');
    const documents: unknown[] = lines.map((text) => JSON.parse(text));
    expect(documents).toEqual(await allPages(operator, everything, 1_000));
  });

  it('has them as CSV, a line each below the names', async () => {
    const [head = '', ...lines] = (await textOf(filtered('verdict == "denied"'), 'csv'))
      .trimEnd()
      .split('\r\n');
    expect(head).toMatch(/^time,duration_ms,source_cluster,/);
    expect(lines).toHaveLength(records.filter(({ verdict }) => verdict === 'deny').length);
    for (const text of lines) {
      expect(text.split(',')).toHaveLength(head.split(',').length);
      expect(text).toMatch(/default\/\w+\/deny-\d deny/);
    }
  });

  it('ends where its reader goes', async () => {
    const lines = exportFlows(reader, operator, everything, 'csv');
    await lines.next();
    await lines.return();
    expect(await lines.next()).toEqual({ done: true, value: undefined });
  });
});

it('says which part of a window has no single flows any more', async () => {
  const owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  const [first, second] = [startMs - 3 * dayMs, startMs - 2 * dayMs].map(
    (ms) => new Date(Math.floor(ms / dayMs) * dayMs),
  );
  await owner.query(
    `INSERT INTO dropped_partition (parent, from_at, to_at, kept) VALUES
      ('flow', $1, $2, '{}'), ('flow', $2, $2::timestamptz + interval '1 day', '{}'), ('channel_1m', $1, $2, '{}')`,
    [first, second],
  );
  await owner.end();
  const window = { fromMs: (first?.getTime() ?? 0) + minuteMs, toMs: startMs };
  const { gone } = await listFlows(reader, operator, { ...everything, window }, { after: null, limit: 1 });
  expect(gone).toEqual([
    {
      from: new Date(window.fromMs).toISOString(),
      to: new Date((second?.getTime() ?? 0) + dayMs).toISOString(),
    },
  ]);
});
