import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { wholeEstate } from '#lib/access/scope.ts';
import { type SourceDocument, sourcesSchema } from '#lib/contracts/sources.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { lines, type TestEvent } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { minuteMs } from '#lib/kit/window.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestBody } from './ingest-body.ts';
import { newRun } from './ingest-run.ts';
import { listSources } from './list-sources.ts';
import { readGraph } from './read-graph.ts';

let database: TestDatabase;
let owner: pg.Client;
let reader: Reader;
// The ledger is dated by the clock of Postgres, so that the flows of these tests are of now, too.
let nowMs: number;
const ago = (minutes: number): number => nowMs - minutes * minuteMs;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  reader = openReader(database.urls);
});
beforeEach(async () => {
  nowMs = Date.now();
  await owner.query(
    'TRUNCATE source_node, source_node_10m, source_1m, ingest_batch, rejected_line, packet_seen, flow, channel_1m, channel_1h, channel_1d',
  );
});
afterAll(async () => {
  await closeWriterPools(database.urls.writer);
  await reader.close();
  await owner.end();
  await database.drop();
});

async function ingest(text: string, namedCluster: string | null = 'c1'): Promise<void> {
  async function* input(): AsyncGenerator<Buffer> {
    yield Buffer.from(text);
  }
  const shared = { writerUrl: database.urls.writer, run: newRun(), key: null, format: 'auto' } as const;
  await ingestBody({ ...shared, input: input(), namedCluster });
}

/** A record each minute, oldest first. */
function everyMinute(node: string, fromAgo: number, toAgo: number): readonly TestEvent[] {
  const count = fromAgo - toAgo + 1;
  return Array.from({ length: count }, (_, index) => ({ atMs: ago(fromAgo - index), kind: 'data', node }));
}

async function sources(): Promise<readonly SourceDocument[]> {
  const document = await listSources(reader, wholeEstate(), nowMs);
  expect(sourcesSchema.parse(document)).toEqual(document);
  return document.sources;
}

it('knows nothing of an empty database', async () => {
  expect(await sources()).toEqual([]);
});

it('tells rate, lag and a node that is silent while the others deliver', async () => {
  await ingest(lines([...everyMinute('a', 90, 0), ...everyMinute('b', 90, 30)]));
  const [source] = await sources();
  expect(source).toMatchObject({
    cluster: 'c1',
    kind: 'hubble',
    state: 'attention',
    problems: [{ code: 'node-silent', text: 'No flows from node b for 10 min or more' }],
    recordsPerSecond: Math.round(1000 / 60) / 1000,
    records: 152,
    rejected: { count: 0, recent: 0, reasons: [] },
    nodes: [
      { name: 'b', records: 61, gaps: [{ from: new Date(ago(30)).toISOString(), isOpen: true }] },
      { name: 'a', records: 91, gaps: [] },
    ],
    nodesLeftOut: 0,
  });
  expect(source?.lagSeconds).toBeLessThan(60);
  expect(source?.perMinute.reduce((sum, records) => sum + records, 0)).toBeGreaterThan(60);
});

it('names the pause of a node to the millisecond, also across batches, and none of nine minutes', async () => {
  await ingest(lines([...everyMinute('a', 60, 0), ...everyMinute('b', 60, 41), ...everyMinute('d', 60, 41)]));
  await ingest(lines([...everyMinute('b', 25, 0), ...everyMinute('d', 32, 0)]));
  const [source] = await sources();
  expect(source?.nodes.map(({ name, gaps }) => [name, gaps])).toEqual([
    ['b', [{ from: new Date(ago(41)).toISOString(), to: new Date(ago(25)).toISOString(), isOpen: false }]],
    ['a', []],
    ['d', []],
  ]);
  expect(source?.state).toBe('live');
});

it('does not blame each node for the pause of all', async () => {
  await ingest(lines([...everyMinute('a', 60, 40), ...everyMinute('b', 60, 40)]));
  await ingest(lines([...everyMinute('a', 15, 0), ...everyMinute('b', 15, 0)]));
  const [source] = await sources();
  expect(source?.nodes.flatMap(({ gaps }) => gaps)).toEqual([]);
});

it('counts what was rejected by reason, also where nothing told the format', async () => {
  await ingest(`${lines(everyMinute('a', 3, 0))}{"flow":\n{"flow"\n`);
  await ingest('hello\nworld\n', null);
  expect(await sources()).toMatchObject([
    { cluster: 'c1', kind: 'hubble', state: 'attention', rejected: { count: 2, recent: 2 } },
    {
      cluster: 'default',
      kind: null,
      lastFlowAt: null,
      lagSeconds: null,
      rejected: { reasons: [{ code: 'unknown-format', count: 2 }] },
    },
  ]);
});

it('puts the same facts into the graph, and the same bytes each time', async () => {
  await ingest(lines([...everyMinute('a', 60, 0), ...everyMinute('b', 60, 30)]));
  await ingest('hello\n');
  const graph = async (): Promise<Awaited<ReturnType<typeof readGraph>>> =>
    readGraph(reader, wholeEstate(), {
      // Lines are rejected at the clock of Postgres, which goes on while this runs.
      window: { fromMs: ago(50), toMs: nowMs + 5 * minuteMs },
      level: 'namespace',
      clusters: ['c1'],
      namespaces: null,
    });
  const first = await graph();
  expect(first.completeness).toMatchObject({
    sources: [{ kind: 'hubble', records: 72, rejected: 0, lostEvents: 0 }],
    gaps: [{ kind: 'hubble', node: 'b', from: new Date(ago(30)).toISOString() }],
    gapsLeftOut: 0,
    rejected: 1,
  });
  expect(JSON.stringify(await graph())).toBe(JSON.stringify(first));
});
