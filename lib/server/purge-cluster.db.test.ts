import fc from 'fast-check';
import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { latencyTables } from '#lib/ingest/latency-cells.ts';
import { hubbleLine, type TestEvent } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { rebuildDifferences } from '../../test/oracle/rebuild-rollups.ts';
import { packetEvents } from '../../test/packet-events.ts';
import { purgeCluster } from './purge-cluster.ts';

const midnightMs = Date.UTC(2026, 4, 2);
const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const counted = ['channel_1m', 'channel_1h', 'channel_1d', 'channel_trace_1h', ...latencyTables, 'source_1m'];
const besides = ['external_address', 'source_node', 'source_node_10m', 'dimension_growth', 'batch_source'];
const names = ['channel', 'endpoint', 'namespace', 'pod', 'label_set', 'endpoint_labels', 'policy_trace'];

let database: TestDatabase;
let owner: pg.Client;

beforeEach(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
afterEach(async () => {
  await closeWriterPools(database.urls.writer);
  await owner.end();
  await database.drop();
});

const send = (content: string, options: Parameters<typeof ingestText>[2] = {}) =>
  ingestText(database, content, options);

type Where = { readonly namespace: string };

/** Packets of one 5-tuple may name different namespaces, as where a drop event comes before its names are known. */
function linesIn(events: readonly (TestEvent & Where)[]): string {
  return events
    .map(
      ({ namespace, ...event }) =>
        `${hubbleLine(event).replaceAll('"namespace":"shop"', `"namespace":"${namespace}"`)}\n`,
    )
    .join('');
}

const purge = (options: Partial<Parameters<typeof purgeCluster>[1]> = {}) =>
  purgeCluster(database.urls, { cluster: 'c1', namespace: null, beforeMs: null, forget: false, ...options });

async function count(from: string): Promise<number> {
  return (await owner.query(`SELECT count(*)::int AS count FROM ${from}`)).rows[0].count;
}

/** What a purge of one namespace leaves of source_1m tells of no namespace. */
async function differences() {
  return (await rebuildDifferences(owner)).filter(({ table }) => table !== 'source_1m');
}

const event: fc.Arbitrary<TestEvent & Where> = fc
  .tuple(packetEvents(midnightMs), fc.constantFrom('shop', 'bank'))
  .map(([packet, namespace]) => ({ ...packet, namespace }));

it('leaves what would be there had the namespace never been, and takes in what comes then', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 16 }),
      fc.array(event, { maxLength: 6 }),
      fc.constantFrom(null, -dayMs, -60_000, 0, 60_000, dayMs),
      async (events, late, cutMs) => {
        await owner.query(`TRUNCATE flow, packet_seen, batch_source, ingest_batch, ${counted}`);
        await send(linesIn(events), { batchRecords: 5 });
        const beforeMs = cutMs === null ? null : midnightMs + cutMs;
        const gone = events.some(({ namespace }) => namespace === 'bank');
        const purged = await purge({ namespace: 'bank', beforeMs });
        if (gone) expect(purged.kind).toBe('purged');
        expect(await differences()).toEqual([]);
        const until = beforeMs === null ? 'infinity' : new Date(beforeMs).toISOString();
        expect(
          await count(
            `flow JOIN namespace ON namespace.id = src_ns WHERE name = 'bank' AND started_at < '${until}'`,
          ),
        ).toBe(0);
        await send(linesIn(late));
        expect(await differences()).toEqual([]);
      },
    ),
    { numRuns: process.env.FLOWLOOM_LONG === '1' ? 200 : 12 },
  );
});

it('leaves nothing of a cluster, not even names, and all of the others', async () => {
  const generated = (seed: number) =>
    `${[
      ...generateLines({
        flows: 1500,
        namespaces: 5,
        workloads: null,
        fromMs: midnightMs - hourMs,
        toMs: midnightMs + hourMs,
        seed,
        format: 'hubble',
      }),
    ].join('\n')}\nnonsense\n`;
  await send(generated(1), { namedCluster: 'c2' });
  const alone: number[] = [];
  for (const table of [...counted, ...names, 'flow', 'packet_seen', 'rejected_line', ...besides])
    alone.push(await count(table));
  await send(generated(2), { batchRecords: 400 });
  expect(await purge()).toMatchObject({ kind: 'purged', flows: 1500 });
  const left: number[] = [];
  for (const table of [...counted, ...names, 'flow', 'packet_seen', 'rejected_line', ...besides])
    left.push(await count(table));
  expect(left).toEqual(alone);
  expect(await rebuildDifferences(owner)).toEqual([]);
  expect(await count("endpoint WHERE cluster = 'c1'")).toBe(0);
});

it('cuts at a minute while single flows are kept, then at an hour, then at a day', async () => {
  const at = (ms: number) => ({ atMs: midnightMs + ms, kind: 'syn', namespace: 'shop' }) as const;
  await send(
    linesIn([at(0), at(9 * hourMs), at(9 * hourMs + 60_000), at(10 * hourMs), at(10 * hourMs + 60_000)]),
  );
  const cut = (ms: number) => purge({ beforeMs: midnightMs + ms });
  expect(await cut(30_000)).toEqual({
    kind: 'not-whole',
    grain: 'minute',
    would: [midnightMs, midnightMs + 60_000],
  });
  expect(await cut(9 * hourMs + 60_000)).toMatchObject({ kind: 'purged', flows: 2 });
  expect(await rebuildDifferences(owner)).toEqual([]);
  await owner.query(`DROP TABLE flow_20260502; DROP TABLE packet_seen_20260502; DROP TABLE channel_1m_20260502;
    INSERT INTO dropped_partition (parent, from_at, to_at, kept) VALUES ('flow', '2026-05-02Z', '2026-05-03Z', '{}')`);
  expect(await cut(9 * hourMs + 120_000)).toEqual({
    kind: 'not-whole',
    grain: 'hour',
    would: [midnightMs + 9 * hourMs, midnightMs + 10 * hourMs],
  });
  expect(await cut(10 * hourMs)).toMatchObject({ kind: 'purged', flows: 0 });
  const sums = await owner.query(
    'SELECT (SELECT sum(records)::int FROM channel_1h) AS hours, (SELECT sum(records)::int FROM channel_1d) AS days',
  );
  expect(sums.rows).toEqual([{ hours: 2, days: 2 }]);
  await owner.query(
    "INSERT INTO dropped_partition (parent, from_at, to_at, kept) VALUES ('channel_1h', '2026-04-27Z', '2026-05-04Z', '{}')",
  );
  expect(await cut(11 * hourMs)).toEqual({
    kind: 'not-whole',
    grain: 'day',
    would: [midnightMs, midnightMs + dayMs],
  });
  expect(await cut(dayMs)).toMatchObject({ kind: 'purged' });
  expect(await count('channel_1d')).toBe(0);
});

it('does not let a repeated input bring back what was purged, unless it was forgotten', async () => {
  const content = linesIn([{ atMs: midnightMs, kind: 'syn', namespace: 'shop' }]);
  await send(content, { key: 'k' });
  await purge();
  await send(content, { key: 'k' });
  expect(await count('flow')).toBe(0);
  expect(await purge({ forget: true })).toMatchObject({ kind: 'purged' });
  expect(await send(content, { key: 'k' })).toMatchObject({ accepted: 1 });
  expect(await count('flow')).toBe(1);
  expect(await purge({ cluster: 'nowhere' })).toEqual({ kind: 'unknown' });
  expect(await purge({ namespace: 'nowhere' })).toEqual({ kind: 'unknown' });
});

it('takes no name away from a stream that is under way', async () => {
  const content = (from: number) =>
    linesIn(
      Array.from({ length: 500 }, (_, at) => ({
        atMs: midnightMs + from + at * 10,
        kind: 'syn',
        namespace: 'shop',
      })),
    );
  async function* interrupted(): AsyncGenerator<Buffer> {
    yield Buffer.from(content(0));
    await expect.poll(() => count('flow')).toBeGreaterThan(100);
    await purge();
    yield Buffer.from(content(hourMs));
  }
  await send('', { input: interrupted(), batchRecords: 50 });
  const facts = await count('flow');
  expect(facts).toBeGreaterThanOrEqual(500);
  expect(facts).toBeLessThan(1000);
  const named = `flow JOIN channel ON channel.id = flow.channel JOIN endpoint s ON s.id = source
    JOIN endpoint d ON d.id = destination JOIN namespace ON namespace.id = flow.src_ns JOIN pod ON pod.id = client_pod
    JOIN endpoint_labels ON endpoint = s.id JOIN label_set ON label_set.id = label_set`;
  expect(await count(named)).toBe(facts);
  expect(await rebuildDifferences(owner)).toEqual([]);
});
