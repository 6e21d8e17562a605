import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyPolicy } from '#lib/access/policy-rights.ts';
import { type Scope, wholeEstate } from '#lib/access/scope.ts';
import { edgeDetailSchema, graphSchema, type Level } from '#lib/contracts/graph.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { parseFilter } from '#lib/filter/filter.ts';
import { noFilters } from '#lib/graph/filter-traffic.ts';
import { hourMs, minuteMs } from '#lib/kit/window.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { teamOf } from '../../test/policy-estate.ts';
import { readEdge } from './read-edge.ts';
import { readGraph } from './read-graph.ts';

const NOON_MS = Date.UTC(2026, 4, 2, 12);

let database: TestDatabase;
let reader: Reader;
let owner: pg.Client;

type Measured = {
  readonly atMs: number;
  readonly to: string;
  readonly port?: number;
  /** Microseconds; null is not measured. */
  readonly tcpUs?: number;
  readonly dnsMs?: number;
};

/** What NetObserv tells of a packet from shop/web. */
function netobservLine({ atMs, to, port = 8080, tcpUs = 0, dnsMs = 0 }: Measured): string {
  const [namespace = '', name = ''] = to.split('/');
  return JSON.stringify({
    TimeFlowStartMs: atMs,
    TimeFlowEndMs: atMs,
    SrcAddr: '10.0.0.1',
    DstAddr: '10.0.0.2',
    SrcPort: 40_000,
    DstPort: port,
    Proto: 6,
    Flags: 16,
    FlowDirection: 1,
    Bytes: 100,
    Packets: 1,
    SrcK8S_Type: 'Pod',
    SrcK8S_Name: 'web-0',
    SrcK8S_Namespace: 'shop',
    SrcK8S_OwnerName: 'web',
    SrcK8S_OwnerType: 'StatefulSet',
    DstK8S_Type: 'Pod',
    DstK8S_Name: `${name}-0`,
    DstK8S_Namespace: namespace,
    DstK8S_OwnerName: name,
    DstK8S_OwnerType: 'StatefulSet',
    TimeFlowRttNs: tcpUs * 1000,
    ...(dnsMs > 0 ? { DnsLatencyMs: dnsMs } : {}),
  });
}

async function ingest(all: readonly Measured[]): Promise<void> {
  const text = `${all.map(netobservLine).join('\n')}\n`;
  await ingestText(database, text, { format: 'netobserv', namedCluster: 'c1' });
}

beforeAll(async () => {
  database = await freshDatabase();
  reader = openReader(database.urls);
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
afterAll(async () => {
  await reader.close();
  await owner.end();
  await database.drop();
});

type Asked = {
  readonly level?: Level;
  readonly scope?: Scope;
  readonly filter?: string;
  readonly window?: { readonly fromMs: number; readonly toMs: number };
};

const day = { fromMs: NOON_MS - 12 * hourMs, toMs: NOON_MS + 12 * hourMs };

async function overlaid({ level = 'workload', scope = wholeEstate(), filter, window = day }: Asked = {}) {
  const parsed = parseFilter(filter ?? '');
  if (!parsed.ok) throw new Error(parsed.error.message);
  const filters = { ...noFilters, show: parsed.value };
  const asked = { window, level, clusters: null, namespaces: null, policies: everyPolicy };
  return graphSchema.parse(await readGraph(reader, scope, { ...asked, filters, overlay: 'latency' }));
}

async function told(asked: Asked = {}) {
  const { edges } = await overlaid(asked);
  return edges
    .map(({ target, overlay }) => [target.replace(/^c1\/\w+\//, ''), overlay?.value, overlay?.detail])
    .sort();
}

describe('of a day', () => {
  beforeAll(async () => {
    await ingest([
      ...[100, 200, 300, 400].map((tcpUs, at) => ({ atMs: NOON_MS + at * hourMs, to: 'shop/cart', tcpUs })),
      { atMs: NOON_MS, to: 'shop/cart', port: 9090, tcpUs: 90_000 },
      { atMs: NOON_MS, to: 'infra/dns', port: 53, tcpUs: 500, dnsMs: 4 },
      { atMs: NOON_MS + minuteMs, to: 'infra/dns', port: 53, tcpUs: 500 },
      { atMs: NOON_MS, to: 'infra/proxy' },
    ]);
  });

  it('says of each edge what was measured, of each kind by itself, and nothing of the others', async () => {
    expect(await told()).toEqual([
      [
        'infra/dns',
        'measured',
        '4 ms on average, 95 % below 5 ms (DNS lookup, 1 record); 500 µs on average, 95 % below 700 µs (TCP round trip, 1 record)',
      ],
      ['infra/proxy', undefined, undefined],
      ['shop/cart', 'measured', '18 ms on average, 95 % below 100 ms (TCP round trip, 5 records)'],
    ]);
    expect((await overlaid()).overlay).toMatchObject({
      name: 'latency',
      counts: [{ value: 'measured', connections: 3, flows: 7 }],
    });
  });

  it('adds up what a node stands for, and leaves out what a filter leaves out', async () => {
    expect((await told({ level: 'namespace' })).map(([target, , detail]) => [target, detail])).toEqual([
      [
        'infra',
        '4 ms on average, 95 % below 5 ms (DNS lookup, 1 record); 500 µs on average, 95 % below 700 µs (TCP round trip, 1 record)',
      ],
      ['shop', '18 ms on average, 95 % below 100 ms (TCP round trip, 5 records)'],
    ]);
    expect(await told({ filter: 'port == 8080' })).toEqual([
      ['infra/proxy', undefined, undefined],
      ['shop/cart', 'measured', '250 µs on average, 95 % below 500 µs (TCP round trip, 4 records)'],
    ]);
  });

  it('counts the window that was answered, to the minute', async () => {
    const window = { fromMs: NOON_MS + hourMs, toMs: NOON_MS + 2 * hourMs + minuteMs };
    expect(await told({ window })).toEqual([
      ['shop/cart', 'measured', '250 µs on average, 95 % below 500 µs (TCP round trip, 2 records)'],
    ]);
  });

  it('tells a team of its own edges alone, and no more of the other end than where it is', async () => {
    expect(
      (await told({ scope: teamOf('infra').scope })).map(([target, , detail]) => [target, detail]),
    ).toEqual([
      [
        'infra/dns',
        '4 ms on average, 95 % below 5 ms (DNS lookup, 1 record); 500 µs on average, 95 % below 700 µs (TCP round trip, 1 record)',
      ],
      ['infra/proxy', undefined],
    ]);
  });

  it('stands in the details of an edge', async () => {
    const { edges } = await overlaid();
    const [dns, proxy] = ['infra/dns', 'infra/proxy'].map((end) =>
      edges.find(({ target }) => target.endsWith(end)),
    );
    const asked = { window: day, level: 'workload' as const };
    const detail = async (id = '') =>
      edgeDetailSchema.parse(await readEdge(reader, wholeEstate(), { ...asked, id }));
    expect((await detail(dns?.id)).latency).toEqual([
      { kind: 'dns', measured: 1, meanUs: 4000, halfBelowUs: 5000, mostBelowUs: 5000, allBelowUs: 5000 },
      { kind: 'tcp', measured: 1, meanUs: 500, halfBelowUs: 700, mostBelowUs: 700, allBelowUs: 700 },
    ]);
    expect((await detail(proxy?.id)).latency).toEqual([]);
  });
});

it('is what the records say, whatever was measured when and whichever window is asked', async () => {
  const measured = fc.record({
    atMs: fc.integer({ min: -26 * 60, max: 26 * 60 }).map((minute) => NOON_MS + minute * minuteMs),
    us: fc.oneof(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 268_435_455 })),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(measured, { minLength: 1, maxLength: 40 }),
      fc.tuple(fc.integer({ min: -1600, max: 1600 }), fc.integer({ min: 1, max: 3000 })),
      async (all, [from, length]) => {
        await owner.query(
          'TRUNCATE flow, ingest_batch, channel_1m, channel_1h, channel_1d, channel_latency_1m, channel_latency_1h, channel_latency_1d',
        );
        await ingest(all.map(({ atMs, us }) => ({ atMs, to: 'shop/cart', tcpUs: us })));
        const window = { fromMs: NOON_MS + from * minuteMs, toMs: NOON_MS + (from + length) * minuteMs };
        const inside = all
          .filter(({ atMs }) => atMs >= window.fromMs && atMs < window.toMs)
          .map(({ us }) => us);
        const [latency] = (await overlaid({ window })).edges[0]?.overlay?.latency ?? [];
        expect(latency?.measured ?? 0).toBe(inside.length);
        if (inside.length === 0) return;
        expect(latency?.meanUs).toBe(Math.round(inside.reduce((sum, us) => sum + us, 0) / inside.length));
        const sorted = inside.toSorted((a, b) => a - b);
        for (const [share, bound] of [
          [0.5, latency?.halfBelowUs],
          [0.95, latency?.mostBelowUs],
          [1, latency?.allBelowUs],
        ] as const) {
          const last = sorted[Math.ceil(share * sorted.length) - 1] ?? 0;
          // So many are below the bound, and not below any that is two thirds of it.
          if (bound === null) expect(last).toBeGreaterThanOrEqual(100_000_000);
          else {
            expect(last).toBeLessThan(bound ?? 0);
            expect(last).toBeGreaterThanOrEqual(bound === 10 ? 0 : Math.floor(((bound ?? 0) * 3) / 5));
          }
        }
      },
    ),
    { numRuns: 20 },
  );
});
