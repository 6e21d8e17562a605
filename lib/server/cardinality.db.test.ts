import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { wholeEstate } from '#lib/access/scope.ts';
import type { IngestResult } from '#lib/contracts/ingest.ts';
import { openReader } from '#lib/db/reader.ts';
import { type Ceilings, ceilings } from '#lib/ingest/fold-newcomers.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestBody } from './ingest-body.ts';
import { newRun } from './ingest-run.ts';
import { listSources } from './list-sources.ts';
import { readEdge } from './read-edge.ts';
import { readGraph } from './read-graph.ts';

const HOUR_MS = 3_600_000;
const BASE_MS = Date.UTC(2026, 4, 1, 10);

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
beforeEach(async () => {
  await owner.query(
    `TRUNCATE flow, packet_seen, ingest_batch, ingest_request, rejected_line, endpoint_labels, channel_1m, channel_1h,
      channel_1d, channel_trace_1h, channel_latency_1m, channel_latency_1h, channel_latency_1d, source_1m, channel, endpoint, namespace, pod, policy_trace, label_set,
      dimension_growth, external_address`,
  );
});
afterAll(async () => {
  await closeWriterPools(database.urls.writer);
  await owner.end();
  await database.drop();
});

type Packet = {
  readonly port?: number;
  readonly server?: string;
  readonly namespace?: string;
  readonly policy?: string;
  readonly hour?: number;
  readonly clientPort?: number;
  readonly isSyn?: boolean;
  /** An address outside of the cluster instead of a pod. */
  readonly from?: string;
};

/** A Hubble line, made for this test. */
function line(packet: Packet, index: number): string {
  const { port = 8080, server = 'cart', namespace = 'shop', hour = 0, clientPort = 40_000 + index } = packet;
  const time = new Date(BASE_MS + hour * HOUR_MS + index * 2_000).toISOString();
  const pod = { identity: 1, namespace: 'web', labels: ['k8s:app=web'], pod_name: 'web-0' };
  return JSON.stringify({
    flow: {
      time,
      verdict: 'FORWARDED',
      IP: { source: packet.from ?? '10.0.0.1', destination: '10.0.0.2', ipVersion: 'IPv4' },
      l4: {
        TCP: {
          source_port: clientPort,
          destination_port: port,
          flags: (packet.isSyn ?? true) ? { SYN: true } : { ACK: true },
        },
      },
      source: packet.from === undefined ? pod : { identity: 2, labels: ['reserved:world'] },
      destination: { identity: 3, namespace, labels: [`k8s:app=${server}`], pod_name: `${server}-0` },
      Type: 'L3_L4',
      node_name: 'n1',
      event_type: { type: 4 },
      traffic_direction: 'EGRESS',
      is_reply: false,
      ...(packet.policy === undefined
        ? {}
        : { egress_allowed_by: [{ name: packet.policy, namespace: 'web', kind: 'CiliumNetworkPolicy' }] }),
    },
    node_name: 'n1',
    time,
  });
}

type Options = { readonly ceilings?: Ceilings; readonly batchRecords?: number };

async function ingest(packets: readonly Packet[], options: Options = {}): Promise<IngestResult> {
  const bytes = Buffer.from(packets.map((packet, index) => `${line(packet, index)}\n`).join(''));
  const { result } = await ingestBody({
    writerUrl: database.urls.writer,
    input: chunks(bytes),
    run: newRun(),
    namedCluster: 'c1',
    format: 'hubble',
    key: null,
    ...options,
  });
  expect(result).toMatchObject({ accepted: packets.length, rejected: 0 });
  return result;
}

// The time between two pieces is the only one in which a batch can be written.
async function* chunks(bytes: Buffer): AsyncGenerator<Buffer> {
  for (let from = 0; from < bytes.length; from += 4_000) yield bytes.subarray(from, from + 4_000);
}

async function rows(sql: string): Promise<readonly Record<string, unknown>[]> {
  return (await owner.query(sql)).rows;
}

/** Ports by hour, `other` as -1. */
async function portsOf(hour: number): Promise<readonly number[]> {
  const found = await rows(
    `SELECT port FROM channel_1h JOIN channel ON channel.id = channel
     WHERE bucket = to_timestamp(${(BASE_MS + hour * HOUR_MS) / 1000}) ORDER BY port`,
  );
  return found.map(({ port }) => Number(port));
}

/** Raw rows grouped as the rollups are; openings are another matter, and so left out. */
async function expectRollupsOfRaw(): Promise<void> {
  for (const [table, unit] of [
    ['channel_1m', 'minute'],
    ['channel_1h', 'hour'],
    ['channel_1d', 'day'],
  ]) {
    const raw = await rows(
      `SELECT date_trunc('${unit}', started_at, 'UTC') AS bucket, channel, src_ns, dst_ns, count(*) AS records,
        sum(1 + coalesce(more_flows, 0)) AS flows FROM flow GROUP BY 1, 2, 3, 4 ORDER BY 1, 2`,
    );
    const kept = await rows(
      `SELECT bucket, channel, src_ns, dst_ns, records, flows FROM ${table} ORDER BY bucket, channel`,
    );
    expect(kept).toEqual(raw);
  }
}

/** Everything that a fact names is there to be read. */
async function expectNothingDangles(): Promise<void> {
  const dangling = await rows(
    `SELECT 'channel' AS what FROM flow WHERE channel NOT IN (SELECT id FROM channel)
     UNION ALL SELECT 'end' FROM channel WHERE source NOT IN (SELECT id FROM endpoint) OR destination NOT IN (SELECT id FROM endpoint)
     UNION ALL SELECT 'namespace' FROM endpoint WHERE namespace <> 0 AND namespace NOT IN (SELECT id FROM namespace)
     UNION ALL SELECT 'pod' FROM flow CROSS JOIN unnest(ARRAY[client_pod, server_pod]) AS named
       WHERE named IS NOT NULL AND named NOT IN (SELECT id FROM pod)
     UNION ALL SELECT 'trace' FROM flow WHERE egress IS NOT NULL AND egress NOT IN (SELECT id FROM policy_trace)
     UNION ALL SELECT 'trace cell' FROM channel_trace_1h WHERE enforced <> 0 AND enforced NOT IN (SELECT id FROM policy_trace)
     UNION ALL SELECT 'labels' FROM endpoint_labels WHERE label_set NOT IN (SELECT id FROM label_set)
       OR endpoint NOT IN (SELECT id FROM endpoint)`,
  );
  expect(dangling).toEqual([]);
}

async function sums(): Promise<Record<string, unknown> | undefined> {
  const [found] = await rows(
    'SELECT sum(records) AS records, sum(flows) AS flows, sum(connections) AS connections FROM channel_1d',
  );
  return found;
}

const scan = (from: number, count: number, hour = 0): readonly Packet[] =>
  Array.from({ length: count }, (_, index) => ({ port: from + index, hour }));

describe('the ports of two endpoints', () => {
  it('are kept apart up to the 64th of an hour, and no flow is lost', async () => {
    await ingest(scan(1_000, 64));
    expect(await portsOf(0)).toEqual(scan(1_000, 64).map(({ port }) => port));
    await ingest(scan(2_000, 100));
    expect(await portsOf(0)).toEqual([-1, ...scan(1_000, 64).map(({ port }) => port)]);
    expect(await sums()).toEqual({ records: '164', flows: '164', connections: '164' });
    expect(await rows('SELECT count(DISTINCT server_port)::int AS ports FROM flow')).toEqual([
      { ports: 164 },
    ]);
    expect(await rows('SELECT count(*)::int AS channels FROM channel')).toEqual([{ channels: 65 }]);
    expect(await rows(`SELECT folded::int FROM dimension_growth WHERE dimension = 'port'`)).toEqual([
      { folded: 100 },
    ]);
    await expectRollupsOfRaw();
    await expectNothingDangles();
  });

  it('are told apart anew in every hour, the busiest first', async () => {
    const busy = Array.from({ length: 5 }, () => ({ port: 9_999 }));
    await ingest([...scan(1_000, 70), ...busy]);
    const first = await portsOf(0);
    expect(first).toHaveLength(65);
    expect(first).toContain(9_999);
    await ingest([...scan(1_006, 64, 1), ...scan(1_000, 6, 1)], { batchRecords: 64 });
    expect(await portsOf(1)).toEqual([-1, ...scan(1_006, 64).map(({ port }) => port)]);
    await expectRollupsOfRaw();
    await expectNothingDangles();
  });

  it('give the same sums in any cut', async () => {
    const packets = [...scan(1, 120), ...scan(60, 120, 1), ...scan(1, 120)];
    for (const batchRecords of [360, 50, 7]) {
      await owner.query('TRUNCATE flow, packet_seen, channel_1m, channel_1h, channel_1d, channel');
      await ingest(packets, { batchRecords });
      expect(await portsOf(0)).toHaveLength(65);
      expect(await portsOf(1)).toHaveLength(65);
      expect(await sums()).toMatchObject({ records: '360', flows: '360' });
      await expectRollupsOfRaw();
      await expectNothingDangles();
    }
  });
});

describe('a collector that invents names', () => {
  const few: Ceilings = { namespace: 3, endpoint: 5, pod: 4, channel: 6, policy_trace: 2, label_set: 3 };

  it('meets its ceilings: what is beyond them is drawn as one', async () => {
    const servers = Array.from({ length: 12 }, (_, index) => ({ server: `job${'bcdfghjklmnp'[index]}` }));
    await ingest(servers, { ceilings: { ...ceilings, endpoint: 5 } });
    const names = (await rows('SELECT name FROM endpoint ORDER BY name')).map(({ name }) => name);
    expect(names).toEqual(['*', 'jobb', 'jobc', 'jobd', 'jobf', 'web']);
    expect(
      await rows(`SELECT added::int, folded::int FROM dimension_growth WHERE dimension = 'endpoint'`),
    ).toEqual([{ added: 6, folded: 8 }]);
    const reader = openReader(database.urls);
    const { sources } = await listSources(reader, wholeEstate(), Date.now());
    await reader.close();
    expect(sources[0]).toMatchObject({ state: 'attention', folded: [{ what: 'endpoint', count: 8 }] });
    await ingest(servers, { ceilings: { ...ceilings, endpoint: 5 } });
    expect(await rows('SELECT count(*)::int AS n FROM endpoint')).toEqual([{ n: 6 }]);
    expect(await sums()).toMatchObject({ records: '24' });
    await expectRollupsOfRaw();
    await expectNothingDangles();
  });

  it('gives an end whose namespace is not kept to nobody’s namespace', async () => {
    const packets = ['a', 'b', 'c', 'd', 'e'].map((namespace) => ({ namespace }));
    await ingest(packets, { ceilings: { ...ceilings, namespace: 3 } });
    expect(await rows('SELECT name FROM namespace ORDER BY name')).toEqual(
      ['a', 'b', 'web'].map((name) => ({ name })),
    );
    expect(await rows(`SELECT kind::int, namespace::int FROM endpoint WHERE name = '*'`)).toEqual([
      { kind: 7, namespace: 0 },
    ]);
    await expectRollupsOfRaw();
    await expectNothingDangles();
  });

  it('never changes a sum, whatever it sends in whichever cut', async () => {
    const packet = fc.record({
      port: fc.integer({ min: 1, max: 90 }),
      server: fc.constantFrom('cart', 'pay', 'mail', 'auth', 'db', 'cache', 'queue'),
      namespace: fc.constantFrom('shop', 'ops', 'data', 'ml'),
      policy: fc.option(fc.constantFrom('p1', 'p2', 'p3', 'p4'), { nil: undefined }),
      hour: fc.integer({ min: 0, max: 2 }),
      clientPort: fc.integer({ min: 40_000, max: 40_003 }),
      isSyn: fc.boolean(),
      from: fc.option(fc.constantFrom('1.1.1.1', '2.2.2.2'), { nil: undefined }),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.array(packet, { minLength: 1, maxLength: 160 }),
        fc.integer({ min: 5, max: 80 }),
        async (packets, batchRecords) => {
          const empty =
            'TRUNCATE flow, packet_seen, channel_1m, channel_1h, channel_1d, channel_trace_1h, channel_latency_1m, channel_latency_1h, channel_latency_1d';
          const dimensions = 'channel, endpoint, namespace, pod, policy_trace, label_set, endpoint_labels';
          await owner.query(`${empty}, ${dimensions}, dimension_growth`);
          await ingest(packets);
          const expected = await sums();
          await owner.query(`${empty}, ${dimensions}, dimension_growth`);
          await ingest(packets, { batchRecords, ceilings: few });
          expect(await sums()).toEqual(expected);
          await expectRollupsOfRaw();
          await expectNothingDangles();
        },
      ),
      { numRuns: 25 },
    );
  });
});

it('keeps 256 addresses of a channel and day, and counts the others', async () => {
  const world = (from: number, count: number): readonly Packet[] =>
    Array.from({ length: count }, (_, index) => ({
      from: `9.9.${(from + index) >> 8}.${(from + index) & 255}`,
    }));
  await ingest(world(0, 200));
  await ingest([...world(150, 150), ...world(290, 10)]);
  const [found] = await rows(
    `SELECT count(address)::int AS kept, sum(flows)::int AS flows,
      sum(flows) FILTER (WHERE address IS NULL)::int AS others FROM external_address`,
  );
  // 200 of the first, 56 of the 100 new ones; ten of those came twice and are among the kept.
  expect(found).toEqual({ kept: 256, flows: 360, others: 44 });
  const reader = openReader(database.urls);
  const window = { fromMs: BASE_MS, toMs: BASE_MS + HOUR_MS };
  const { edges } = await readGraph(reader, wholeEstate(), {
    window,
    level: 'namespace',
    clusters: null,
    namespaces: null,
  });
  const edge = await readEdge(reader, wholeEstate(), { window, level: 'namespace', id: edges[0]?.id ?? '' });
  await reader.close();
  expect(edge?.addresses).toMatchObject({
    window: { from: '2026-05-01T00:00:00.000Z', to: '2026-05-02T00:00:00.000Z' },
    server: { known: [], more: false },
  });
  expect(edge?.addresses.client.known).toHaveLength(100);
  expect(edge?.addresses.client.known.slice(0, 2)).toEqual(['9.9.0.150', '9.9.0.151']);
  expect(edge?.addresses.client.more).toBe(true);
});

it('lets writers that meet the same new endpoints in any order through', async () => {
  const names = Array.from({ length: 60 }, (_, index) => `svc${index}x`);
  for (let round = 0; round < 5; round += 1) {
    await Promise.all(
      [names, names.toReversed(), names.toSorted()].map((order) =>
        ingest(
          order.map((server) => ({ server, namespace: `ns${round}` })),
          { batchRecords: 20 },
        ),
      ),
    );
  }
  expect(await sums()).toMatchObject({ records: String(5 * 3 * 60) });
  await expectRollupsOfRaw();
});
