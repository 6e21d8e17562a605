import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { generateLines } from '#lib/generate/generate-lines.ts';
import { lines } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { freshDatabase, type TestDatabase } from '../database.ts';
import { ingestText } from '../ingest-text.ts';
import { packetEvents } from '../packet-events.ts';
import { rebuildDifferences } from './rebuild-rollups.ts';

const midnightMs = Date.UTC(2026, 4, 2);

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
beforeEach(async () => {
  await owner.query(
    'TRUNCATE flow, packet_seen, ingest_batch, channel_1m, channel_1h, channel_1d, channel_trace_1h, channel_latency_1m, channel_latency_1h, channel_latency_1d, source_1m',
  );
});
afterAll(async () => {
  await closeWriterPools(database.urls.writer);
  await owner.end();
  await database.drop();
});

const send = (content: string, batchRecords: number) =>
  ingestText(database, content, { namedCluster: null, batchRecords });

const event = packetEvents(midnightMs);

it('agrees with any set of packet events, in any cut', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(event, { minLength: 1, maxLength: 12 }), { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 1, max: 6 }),
      async (inputs, batchRecords) => {
        for (const events of inputs) await send(lines(events), batchRecords);
        expect(await rebuildDifferences(owner)).toEqual([]);
      },
    ),
    { numRuns: 25 },
  );
});

it.each(['hubble', 'calico'] as const)('agrees with an hour of generated %s logs', async (format) => {
  const generated = generateLines({
    flows: 3000,
    namespaces: 6,
    workloads: null,
    fromMs: midnightMs - 1_800_000,
    toMs: midnightMs + 1_800_000,
    seed: 5,
    format,
  });
  await send(`${[...generated].join('\n')}\n`, 700);
  expect(await rebuildDifferences(owner)).toEqual([]);
});

it.each([
  ['channel_1m', 'UPDATE channel_1m SET flows = flows + 1'],
  ['channel_1h', 'UPDATE channel_1h SET connections = connections - 1'],
  ['channel_1d', 'DELETE FROM channel_1d'],
  ['channel_trace_1h', 'UPDATE channel_trace_1h SET flows = 7'],
  ['channel_latency_1m', 'UPDATE channel_latency_1m SET sum_us = sum_us + 1'],
  ['channel_latency_1h', 'UPDATE channel_latency_1h SET step = step + 1'],
  ['channel_latency_1d', 'DELETE FROM channel_latency_1d'],
  ['source_1m', 'UPDATE source_1m SET records = records + 1'],
])('finds a wrong %s', async (table, damage) => {
  await send(
    lines([
      { atMs: midnightMs, kind: 'syn' },
      { atMs: midnightMs, kind: 'denied-verdict' },
      { atMs: midnightMs, kind: 'answer' },
    ]),
    9,
  );
  await owner.query(damage);
  const tables = new Set((await rebuildDifferences(owner)).map((difference) => difference.table));
  expect([...tables]).toEqual([table]);
});
