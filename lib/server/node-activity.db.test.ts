import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createLineParser } from '#lib/flows/parse-line.ts';
import { noLostEvents, noteSource, type SourceCells } from '#lib/ingest/source-cells.ts';
import { lines, type TestEvent } from '#lib/ingest/test-lines.ts';
import { writeNodes } from '#lib/ingest/write-nodes.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestBody } from './ingest-body.ts';
import { newRun } from './ingest-run.ts';
import { undoBatch } from './undo-batch.ts';

const at = (hours: number, minutes: number, seconds = 0): number =>
  Date.UTC(2026, 4, 1, hours, minutes, seconds);

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
beforeEach(async () => {
  await owner.query('TRUNCATE source_node, source_node_10m, source_1m, ingest_batch');
});
afterAll(async () => {
  await closeWriterPools(database.urls.writer);
  await owner.end();
  await database.drop();
});

async function ingest(events: readonly TestEvent[]): Promise<void> {
  async function* input(): AsyncGenerator<Buffer> {
    yield Buffer.from(lines(events));
  }
  const shared = { writerUrl: database.urls.writer, run: newRun(), key: null, format: 'auto' } as const;
  await ingestBody({ ...shared, input: input(), namedCluster: 'c1' });
}

async function rows(): Promise<readonly unknown[]> {
  const found = await owner.query<{ bucket: Date; node: string; n: number; f: Date; l: Date }>(
    `SELECT bucket, node, records::int AS n, first_at AS f, last_at AS l FROM source_node_10m
     ORDER BY cluster, node, bucket`,
  );
  const clock = (time: Date): string => time.toISOString().slice(11, 19);
  return found.rows.map(
    ({ bucket, node, n, f, l }) => `${node} ${clock(bucket)} ${n} ${clock(f)}-${clock(l)}`,
  );
}

it('keeps what each node delivered, by ten minutes and over batches', async () => {
  await ingest([
    { atMs: at(10, 3), kind: 'data', node: 'a' },
    { atMs: at(10, 9, 59), kind: 'data', node: 'a', reporter: 'destination' },
    { atMs: at(10, 4), kind: 'data', node: 'b' },
  ]);
  await ingest([
    { atMs: at(10, 1), kind: 'data', node: 'a' },
    { atMs: at(10, 21), kind: 'data', node: 'a' },
  ]);
  expect(await rows()).toEqual([
    'a 10:00:00 3 10:01:00-10:09:59',
    'a 10:20:00 1 10:21:00-10:21:00',
    'b 10:00:00 1 10:04:00-10:04:00',
  ]);
});

it('takes a batch back, and leaves what others delivered', async () => {
  await ingest([{ atMs: at(10, 3), kind: 'data', node: 'a' }]);
  await ingest([
    { atMs: at(10, 5), kind: 'data', node: 'a' },
    { atMs: at(10, 5), kind: 'data', node: 'b' },
  ]);
  const { rows: batches } = await owner.query<{ id: string }>(
    'SELECT id FROM ingest_batch WHERE accepted = 2',
  );
  expect(await undoBatch(database.urls, batches[0]?.id ?? '')).toMatchObject({ kind: 'undone' });
  expect(await rows()).toEqual(['a 10:00:00 1 10:03:00-10:05:00']);
});

it('gives names past the ceiling one row, and keeps a name that has its place', async () => {
  const cellsOf = (nodes: readonly string[]): SourceCells => {
    const parse = createLineParser('hubble');
    const cells: SourceCells = new Map();
    for (const line of lines(nodes.map((node) => ({ atMs: at(10, 3), kind: 'data', node })))
      .trim()
      .split('\n')) {
      const parsed = parse(line);
      if (parsed.kind !== 'flow') throw new Error(line);
      noteSource(cells, noLostEvents(), 'c1', parsed.record, Math.floor(at(10, 3) / 60_000));
    }
    return cells;
  };
  await writeNodes(owner, cellsOf(['b', 'c']), 3);
  await writeNodes(owner, cellsOf(['b', 'a', 'x', 'z']), 3);
  expect(await writeNodes(owner, cellsOf(['z', 'b']), 3)).toEqual([
    [at(10, 0) / 60_000, 'c1', 1, '', 1],
    [at(10, 0) / 60_000, 'c1', 1, 'b', 1],
  ]);
  expect(await rows()).toEqual([
    ' 10:00:00 3 10:03:00-10:03:00',
    'a 10:00:00 1 10:03:00-10:03:00',
    'b 10:00:00 3 10:03:00-10:03:00',
    'c 10:00:00 1 10:03:00-10:03:00',
  ]);
});
