import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { latencyTables } from '#lib/ingest/latency-cells.ts';
import { hubbleLine, lines } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestText } from '../../test/ingest-text.ts';
import { rebuildDifferences } from '../../test/oracle/rebuild-rollups.ts';
import { packetEvents } from '../../test/packet-events.ts';
import { newRun } from './ingest-run.ts';
import { undoBatch } from './undo-batch.ts';

const midnightMs = Date.UTC(2026, 4, 2);
const counted = ['channel_1m', 'channel_1h', 'channel_1d', 'channel_trace_1h', ...latencyTables, 'source_1m'];

// Each run ingests a dozen times.
const numRuns = process.env.FLOWLOOM_LONG === '1' ? 150 : 10;

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
beforeEach(async () => {
  await owner.query(
    `TRUNCATE flow, packet_seen, batch_source, external_address, ingest_batch, ingest_request, rejected_line, ${counted}`,
  );
});
afterAll(async () => {
  await closeWriterPools(database.urls.writer);
  await owner.end();
  await database.drop();
});

const send = (content: string, options: Parameters<typeof ingestText>[2] = {}) =>
  ingestText(database, content, options);

async function batchesOf(run: string): Promise<readonly string[]> {
  const { rows } = await owner.query('SELECT id FROM ingest_batch WHERE run = $1 ORDER BY id', [run]);
  return rows.map(({ id }) => id);
}

/** Everything that an undo must leave as it was, as text. */
async function everything(): Promise<Readonly<Record<string, unknown>>> {
  const found: Record<string, unknown> = {};
  for (const table of counted)
    found[table] = (await owner.query(`SELECT t::text FROM ${table} AS t ORDER BY 1`)).rows;
  for (const table of ['flow', 'packet_seen', 'batch_source', 'ingest_batch', 'rejected_line'])
    found[table] = (await owner.query(`SELECT count(*) FROM ${table}`)).rows;
  return found;
}

const event = packetEvents(midnightMs);

it('leaves what would be there had the batch never come, whatever came before and after it', async () => {
  const input = fc.array(event, { minLength: 1, maxLength: 10 });
  await fc.assert(
    fc.asyncProperty(
      fc.array(input, { minLength: 1, maxLength: 3 }),
      input,
      fc.array(input, { maxLength: 3 }),
      fc.integer({ min: 3, max: 8 }),
      async (before, undone, after, batchRecords) => {
        await owner.query(`TRUNCATE flow, packet_seen, batch_source, ingest_batch, ${counted}`);
        for (const events of before) await send(lines(events), { batchRecords });
        const run = newRun();
        await send(lines(undone), { run, batchRecords });
        for (const events of after) await send(lines(events), { batchRecords });
        // One batch of the run by itself, and then the rest by the run's name.
        const [one = '0', ...more] = await batchesOf(run);
        expect(await undoBatch(database.urls, one)).toMatchObject({ kind: 'undone' });
        expect(await rebuildDifferences(owner)).toEqual([]);
        if (more.length > 0) {
          expect((await undoBatch(database.urls, run)).kind).toBe('undone');
          expect(await rebuildDifferences(owner)).toEqual([]);
        }
        const left = await everything();
        await owner.query(`TRUNCATE flow, packet_seen, batch_source, ingest_batch, ${counted}`);
        for (const events of [...before, ...after]) await send(lines(events), { batchRecords });
        expect(await everything()).toEqual(left);
      },
    ),
    { numRuns },
  );
});

it.each(['hubble', 'calico'] as const)(
  'takes generated %s logs back to nothing, also rejected lines',
  async (format) => {
    const generated = generateLines({
      flows: 2000,
      namespaces: 6,
      workloads: null,
      fromMs: midnightMs - 600_000,
      toMs: midnightMs + 600_000,
      seed: 5,
      format,
    });
    const run = newRun();
    await send(`${[...generated].join('\n')}\nnonsense\n`, { run, batchRecords: 700 });
    expect(await undoBatch(database.urls, run)).toMatchObject({ kind: 'undone' });
    for (const rows of Object.values(await everything()))
      expect(
        rows === undefined || JSON.stringify(rows) === '[]' || JSON.stringify(rows) === '[{"count":"0"}]',
      ).toBe(true);
  },
);

it('takes back what a port scan from outside folded, and its addresses, and leaves those of others', async () => {
  const scan = (from: number, ports: number) =>
    Array.from({ length: ports }, (_, at) =>
      hubbleLine({ atMs: midnightMs + at, kind: 'syn' })
        .replace('"destination_port":8080', `"destination_port":${from + at}`)
        .replace('"source":"10.0.0.1"', `"source":"203.0.113.${at % 200}"`)
        .replace(
          '"namespace":"shop","labels":["k8s:app=web"],"pod_name":"web-7bf8c9648f-r7bs2"',
          '"labels":["reserved:world"]',
        ),
    ).join('\n');
  await send(`${scan(1000, 60)}\n`);
  const before = await everything();
  const addresses = () => owner.query('SELECT side, address, flows FROM external_address ORDER BY 1, 2');
  const held = (await addresses()).rows;
  expect(held.length).toBe(60);
  const run = newRun();
  await send(`${scan(1050, 300)}\n`, { run });
  expect((await owner.query('SELECT count(*)::int AS n FROM channel WHERE port = -1')).rows).toEqual([
    { n: 1 },
  ]);
  expect(await rebuildDifferences(owner)).toEqual([]);
  await undoBatch(database.urls, run);
  expect(await rebuildDifferences(owner)).toEqual([]);
  expect(await everything()).toEqual(before);
  expect((await addresses()).rows).toEqual(held);
});

it('makes a packet count again that only the batch kept from counting', async () => {
  const denial = { atMs: midnightMs, kind: 'denied-syn-verdict' } as const;
  await send(lines([{ ...denial, kind: 'denied-syn-drop', atMs: midnightMs + 5 }]));
  await send(lines([{ atMs: midnightMs + 700, kind: 'syn' }]));
  const run = newRun();
  await send(lines([denial]), { run });
  const sums = 'SELECT sum(records)::int AS records, sum(connections)::int AS connections FROM channel_1d';
  expect((await owner.query(sums)).rows).toEqual([{ records: 2, connections: 1 }]);
  await undoBatch(database.urls, run);
  expect((await owner.query(sums)).rows).toEqual([{ records: 2, connections: 1 }]);
  expect(
    (await owner.query('SELECT count(*)::int AS n FROM channel_1m WHERE bucket < $1', [new Date(midnightMs)]))
      .rows,
  ).toEqual([{ n: 0 }]);
  expect(await rebuildDifferences(owner)).toEqual([]);
});

it('lets the input of a key count again, whichever of its batches is named', async () => {
  const content = lines(Array.from({ length: 9 }, (_, at) => ({ atMs: midnightMs + at, kind: 'data' })));
  const run = newRun();
  await send(content, { key: 'k', run, batchRecords: 3 });
  expect(await send(content, { key: 'k' })).toMatchObject({ accepted: 9 });
  const [, second = '0'] = await batchesOf(run);
  const undone = await undoBatch(database.urls, second);
  expect(undone.kind === 'undone' ? undone.batches.length : 0).toBe(3);
  expect((await owner.query('SELECT count(*)::int AS n FROM flow')).rows).toEqual([{ n: 0 }]);
  expect(await send(content, { key: 'k' })).toMatchObject({ accepted: 9 });
  expect((await owner.query('SELECT count(*)::int AS n FROM flow')).rows).toEqual([{ n: 9 }]);
});

it('refuses, and changes nothing, where some of its records are gone or nobody knows it', async () => {
  const run = newRun();
  await send(
    lines([
      { atMs: midnightMs - 1, kind: 'syn' },
      { atMs: midnightMs + 1, kind: 'data' },
    ]),
    { run },
  );
  await owner.query('DROP TABLE flow_20260501');
  const before = await everything();
  expect(await undoBatch(database.urls, run)).toMatchObject({ kind: 'gone', batch: { accepted: 2 } });
  expect(await undoBatch(database.urls, '1')).toEqual({ kind: 'unknown' });
  expect(await everything()).toEqual(before);
});

it('waits for batches under way, and lets others wait', async () => {
  const run = newRun();
  await send(lines([{ atMs: midnightMs, kind: 'syn' }]), { run });
  let undo: Promise<unknown> = Promise.resolve();
  await send(lines([{ atMs: midnightMs + 500, kind: 'syn' }]), {
    beforeCommit: async () => {
      undo = undoBatch(database.urls, run);
      await expect
        .poll(
          async () =>
            (await owner.query("SELECT FROM pg_locks WHERE NOT granted AND mode = 'ShareRowExclusiveLock'"))
              .rowCount,
        )
        .toBe(1);
    },
  });
  const more = Array.from({ length: 6 }, (_, at) =>
    send(lines([{ atMs: midnightMs + 600 + at, kind: 'syn' }])),
  );
  await Promise.all([undo, ...more]);
  expect(await rebuildDifferences(owner)).toEqual([]);
  expect((await owner.query('SELECT sum(connections)::int AS n FROM channel_1d')).rows).toEqual([{ n: 1 }]);
});
