import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { latencyTables } from '#lib/ingest/latency-cells.ts';
import { lines, type TestEvent } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { rebuildDifferences } from '../../test/oracle/rebuild-rollups.ts';
import { ingestBody } from './ingest-body.ts';
import { newRun } from './ingest-run.ts';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;
const nowMs = Date.UTC(2026, 4, 14, 0, 0, 0);
const tables = [
  'flow',
  'channel_1m',
  'channel_1h',
  'channel_1d',
  'channel_trace_1h',
  ...latencyTables,
  'source_1m',
];

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
afterAll(async () => {
  await closeWriterPools(database.urls.writer);
  await owner.end();
  await database.drop();
});

async function send(content: string): Promise<ReturnType<typeof ingestBody>> {
  async function* once(): AsyncGenerator<Buffer> {
    yield Buffer.from(content);
  }
  return await ingestBody({
    writerUrl: database.urls.writer,
    input: once(),
    run: newRun(),
    namedCluster: 'c1',
    format: 'auto',
    key: null,
  });
}

async function empty(): Promise<void> {
  await owner.query(`TRUNCATE ${[...tables, 'packet_seen', 'ingest_batch', 'rejected_line'].join(', ')}`);
}

async function counted(): Promise<Record<string, readonly unknown[]>> {
  const found: Record<string, readonly unknown[]> = {};
  for (const table of tables.slice(1))
    found[table] = (await owner.query(`SELECT * FROM ${table} AS t ORDER BY t::text`)).rows;
  return found;
}

/** Around the ends of minutes, hours, days, weeks and months, up to forty days late. */
const event: fc.Arbitrary<TestEvent> = fc.record({
  atMs: fc
    .tuple(
      fc.constantFrom(0, 1, 2, 13, 14, 40).map((days) => days * dayMs),
      fc.constantFrom(0, 1, 5).map((hours) => hours * hourMs),
      fc.integer({ min: -1_200, max: 1_200 }),
    )
    .map(([days, hours, ms]) => nowMs - days - hours + ms),
  kind: fc.constantFrom('data', 'syn', 'denied-verdict', 'denied-drop', 'dropped'),
  clientPort: fc.constantFrom(40_000, 40_001),
  server: fc.constantFrom('cart', 'pay'),
  reporter: fc.constantFrom('source', 'destination'),
});

it('puts late flows where they belong at every grain, as if they had come in time', async () => {
  const deliveries = fc.array(fc.array(event, { minLength: 1, maxLength: 8 }), {
    minLength: 2,
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(deliveries, async (batches) => {
      await empty();
      // The newest first: everything after is late, into days that have no partition yet.
      for (const batch of batches.toSorted((a, b) => newest(b) - newest(a))) await send(lines(batch));
      expect(await rebuildDifferences(owner)).toEqual([]);
      const late = await counted();
      await empty();
      await send(lines(batches.flat().toSorted((a, b) => a.atMs - b.atMs)));
      expect(await counted()).toEqual(late);
    }),
    { numRuns: process.env.FLOWLOOM_LONG === '1' ? 500 : 12 },
  );
});

function newest(batch: readonly TestEvent[]): number {
  return Math.max(...batch.map(({ atMs }) => atMs));
}

it('rejects a clock that is wrong, says which field and time and what to do, and takes the rest', async () => {
  await empty();
  const [ahead, old] = [Date.now() + 2 * hourMs, Date.UTC(2014, 11, 31, 23, 59, 59)];
  const { result } = await send(lines([nowMs, ahead, old].map((atMs) => ({ atMs, kind: 'data' as const }))));
  expect(result).toMatchObject({
    accepted: 1,
    rejected: 2,
    reasons: { 'time-in-future': 1, 'time-too-old': 1 },
  });
  const { rows: kept } = await owner.query(
    'SELECT line::int, code, field, message FROM rejected_line ORDER BY 1',
  );
  expect(kept).toMatchObject([
    { line: 2, code: 'time-in-future', field: 'startedAtMs' },
    { line: 3, code: 'time-too-old', field: 'startedAtMs' },
  ]);
  expect(kept[0]?.message).toContain(new Date(ahead).toISOString());
  expect(kept[1]?.message).toContain('2014-12-31T23:59:59.000Z');
});
