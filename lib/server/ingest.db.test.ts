import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { wholeEstate } from '#lib/access/scope.ts';
import type { IngestResult } from '#lib/contracts/ingest.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { everyRejection } from '#lib/db/sql/rejected-filter.ts';
import { latencyTables } from '#lib/ingest/latency-cells.ts';
import { hubbleLine, lines, type TestEvent } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestBody } from './ingest-body.ts';
import { ingestFile } from './ingest-file.ts';
import { isKeyConflict, newRun } from './ingest-run.ts';
import { listRejected } from './list-rejected.ts';

const BASE_MS = Date.UTC(2026, 4, 1, 10, 59, 30);
const rollups = ['channel_1m', 'channel_1h', 'channel_1d', 'channel_trace_1h', ...latencyTables, 'source_1m'];

let database: TestDatabase;
let owner: pg.Client;
let folder: string;
let reader: Reader;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  reader = openReader(database.urls);
  folder = mkdtempSync(path.join(tmpdir(), 'flowloom-ingest-'));
});
beforeEach(empty);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await closeWriterPools(database.urls.writer);
  await reader.close();
  await owner.end();
  await database.drop();
});

async function empty(): Promise<void> {
  await owner.query(
    `TRUNCATE flow, packet_seen, ingest_batch, ingest_request, rejected_line, endpoint_labels, ${rollups}`,
  );
}

type Options = Partial<Parameters<typeof ingestFile>[0]> & { readonly key?: string };

function file(content: string | Buffer, name = `${newRun()}.ndjson`): string {
  const place = path.join(folder, name);
  writeFileSync(place, content);
  return place;
}

async function ingest(place: string, options: Options = {}): Promise<IngestResult> {
  return await ingestFile({
    writerUrl: database.urls.writer,
    file: place,
    run: newRun(),
    namedCluster: 'c1',
    format: 'auto',
    ...options,
  });
}

async function* once(content: string): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(content);
  for (let from = 0; from < bytes.length; from += 1000) yield bytes.subarray(from, from + 1000);
}

async function send(
  content: string,
  key: string | null,
  options: Options = {},
): Promise<ReturnType<typeof ingestBody>> {
  return await ingestBody({
    writerUrl: database.urls.writer,
    input: once(content),
    run: newRun(),
    namedCluster: 'c1',
    format: 'auto',
    key,
    ...options,
  });
}

async function tables(): Promise<Record<string, readonly unknown[]>> {
  const found: Record<string, readonly unknown[]> = {};
  for (const table of rollups)
    found[table] = (await owner.query(`SELECT * FROM ${table} AS t ORDER BY t::text`)).rows;
  return found;
}

async function total(column: string, table = 'channel_1d'): Promise<number> {
  return (await owner.query(`SELECT coalesce(sum(${column}), 0)::float8 AS total FROM ${table}`)).rows[0]
    .total;
}

function traffic(count: number): readonly TestEvent[] {
  const kinds = ['syn', 'data', 'denied-syn-verdict', 'denied-syn-drop', 'dropped', 'answer'] as const;
  return Array.from({ length: count }, (_, index) => ({
    atMs: BASE_MS + index * 37,
    kind: kinds[index % kinds.length] ?? 'data',
    clientPort: 40_000 + (index % 11),
    server: index % 3 === 0 ? 'pay' : 'cart',
    reporter: index % 2 === 0 ? 'source' : 'destination',
  }));
}

it('gives the same tables in 1, 7 and many batches, and nothing on a second run', async () => {
  const place = file(lines(traffic(280)));
  const first = await ingest(place);
  expect(first).toMatchObject({ accepted: 280, rejected: 0, batches: 1, format: 'hubble' });
  const expected = await tables();
  expect(expected.channel_1m?.length).toBeGreaterThan(3);
  for (const batchRecords of [40, 4]) {
    await empty();
    expect(await ingest(place, { batchRecords })).toMatchObject({
      accepted: 280,
      batches: 280 / batchRecords,
    });
    expect(await tables()).toEqual(expected);
    expect(await ingest(place)).toMatchObject({ accepted: 0, duplicates: 280, batches: 0 });
    expect(await tables()).toEqual(expected);
  }
  expect(await total('1', 'flow')).toBe(280);
});

it('counts a set of events the same in any cut and order', async () => {
  const event = fc.record({
    atMs: fc.integer({ min: 0, max: 2500 }).map((ms) => BASE_MS + 29_000 + ms),
    kind: fc.constantFrom(
      'data',
      'syn',
      'denied-verdict',
      'denied-drop',
      'denied-syn-verdict',
      'denied-syn-drop',
      'dropped',
    ),
    clientPort: fc.constantFrom(40_000, 40_001),
    server: fc.constantFrom('cart', 'pay'),
    reporter: fc.constantFrom('source', 'destination'),
  });
  await fc.assert(
    fc.asyncProperty(
      fc.array(event, { minLength: 1, maxLength: 24 }),
      fc.array(fc.nat(), { minLength: 24, maxLength: 24 }),
      fc.integer({ min: 1, max: 5 }),
      async (events, ranks, batchRecords) => {
        await empty();
        await send(lines(events), null);
        const { source_1m: _, ...expected } = await tables();
        const shuffled = events
          .map((one, index) => ({ one, rank: ranks[index] ?? 0 }))
          .sort((a, b) => a.rank - b.rank)
          .map(({ one }) => one);
        await empty();
        await send(lines(shuffled), null, { batchRecords });
        const { source_1m: __, ...found } = await tables();
        expect(found).toEqual(expected);
      },
    ),
    { numRuns: 25 },
  );
});

it('counts a repeated SYN once, and a denied packet once though it is logged twice', async () => {
  await send(
    lines([
      { atMs: BASE_MS, kind: 'syn' },
      { atMs: BASE_MS + 20, kind: 'syn' },
    ]),
    null,
  );
  expect([await total('connections'), await total('flows')]).toEqual([1, 2]);
  await empty();
  const denial = { atMs: BASE_MS, kind: 'denied-syn-verdict' } as const;
  await send(lines([{ ...denial, kind: 'denied-syn-drop', atMs: BASE_MS - 1 }]), null);
  expect([await total('flows'), await total('connections')]).toEqual([1, 1]);
  await send(lines([denial]), null);
  expect([await total('records'), await total('flows'), await total('connections')]).toEqual([1, 1, 1]);
  expect(await total('flows', 'channel_trace_1h')).toBe(1);
  expect(await total('1', 'flow')).toBe(2);
});

it('adds only the new lines of a file that grew, also from under 4 KiB', async () => {
  const all = traffic(30);
  const place = file(lines(all.slice(0, 2)));
  expect(await ingest(place)).toMatchObject({ accepted: 2 });
  for (const to of [3, 12, 30]) {
    const from = to === 3 ? 2 : to === 12 ? 3 : 12;
    appendFileSync(place, lines(all.slice(from, to)));
    expect(await ingest(place)).toMatchObject({ accepted: to - from, duplicates: from });
  }
  const grown = await tables();
  await empty();
  await ingest(file(lines(all)));
  expect(await tables()).toEqual(grown);
});

it('knows a file under another name and packed, and tells apart files that begin alike', async () => {
  const content = lines(traffic(60));
  await ingest(file(content), { batchRecords: 10 });
  expect(await ingest(file(gzipSync(content), 'packed.gz'))).toMatchObject({ accepted: 0, duplicates: 60 });
  const other = traffic(60).map((event, index) => (index < 30 ? event : { ...event, clientPort: 50_000 }));
  expect(await ingest(file(lines(other)))).toMatchObject({ accepted: 30, duplicates: 30 });
  expect(await ingest(file(lines(other)))).toMatchObject({ accepted: 0, duplicates: 60 });
  expect(await ingest(file(content), { namedCluster: 'c2' })).toMatchObject({ accepted: 60 });
});

it('takes an unfinished last line when it is whole, and reads it again when it is not', async () => {
  const [one, two] = [
    hubbleLine({ atMs: BASE_MS, kind: 'data' }),
    hubbleLine({ atMs: BASE_MS + 1, kind: 'data' }),
  ];
  const place = file(`${one}\n${two.slice(0, 100)}`);
  expect(await ingest(place)).toMatchObject({ accepted: 1, rejected: 1, reasons: { 'truncated-json': 1 } });
  appendFileSync(place, two.slice(100));
  expect(await ingest(place)).toMatchObject({ accepted: 1, rejected: 0, duplicates: 1 });
  appendFileSync(place, `\n${hubbleLine({ atMs: BASE_MS + 2, kind: 'data' })}\n`);
  expect(await ingest(place)).toMatchObject({ accepted: 1, duplicates: 2 });
  expect(await total('1', 'flow')).toBe(3);
});

it('loses and repeats nothing when it is stopped before a commit', async () => {
  const place = file(lines(traffic(100)));
  let commits = 0;
  const stop = async (): Promise<void> => {
    commits += 1;
    if (commits === 4) throw new Error('stopped');
  };
  await expect(ingest(place, { batchRecords: 10, beforeCommit: stop })).rejects.toThrow('stopped');
  expect(await total('1', 'flow')).toBe(30);
  expect(await ingest(place, { batchRecords: 7 })).toMatchObject({ accepted: 70, duplicates: 30 });
  const resumed = await tables();
  await empty();
  await ingest(file(lines(traffic(100))));
  expect(await tables()).toEqual(resumed);
});

it('takes more keyed inputs at once than it has connections', async () => {
  const sent = await Promise.all(
    Array.from({ length: 40 }, (_, i) => send(lines(traffic(3)), `at-once-${i}`)),
  );
  expect(sent.map(({ result }) => result.accepted)).toEqual(sent.map(() => 3));
});

it('counts a file once that two ingest at the same time', async () => {
  const place = file(lines(traffic(300)));
  const results = await Promise.all([
    ingest(place, { batchRecords: 20 }),
    ingest(place, { batchRecords: 30 }),
    ingest(file(lines(traffic(400)).slice(lines(traffic(1)).length)), { batchRecords: 40 }),
  ]);
  expect(
    results
      .slice(0, 2)
      .map(({ accepted }) => accepted)
      .sort((a, b) => a - b),
  ).toEqual([0, 300]);
  expect(await total('1', 'flow')).toBe(699);
});

it('answers a repeated key with the first answer and refuses other bytes', async () => {
  const content = lines(traffic(50));
  const first = await send(content, 'k1');
  expect(first).toMatchObject({ kind: 'ingested', result: { accepted: 50 } });
  expect(await send(content, 'k1')).toEqual({ kind: 'replayed', result: first.result });
  await expect(send(lines(traffic(51)), 'k1')).rejects.toSatisfy(isKeyConflict);
  expect(await total('1', 'flow')).toBe(50);
  expect(await send(content, 'k1', { namedCluster: 'c2' })).toMatchObject({ kind: 'ingested' });
});

it('goes on where a keyed input broke off, and refuses other bytes there too', async () => {
  const content = lines(traffic(50));
  let commits = 0;
  const stop = async (): Promise<void> => {
    commits += 1;
    if (commits === 3) throw new Error('stopped');
  };
  await expect(send(content, 'k2', { batchRecords: 10, beforeCommit: stop })).rejects.toThrow('stopped');
  const other = lines(traffic(50).map((event) => ({ ...event, clientPort: 1 })));
  await expect(send(other, 'k2')).rejects.toSatisfy(isKeyConflict);
  expect(await send(content, 'k2')).toMatchObject({ result: { accepted: 30, duplicates: 20 } });
  expect(await total('1', 'flow')).toBe(50);
});

const good = hubbleLine({ atMs: BASE_MS, kind: 'data' });

function damaged(change: (line: string) => string): string {
  const line = change(good);
  if (line === good) throw new Error('the change found nothing to change');
  return line;
}

const calico = (fields: Record<string, unknown>): string =>
  JSON.stringify({
    start_time: 1_780_000_000,
    end_time: 1_780_000_300,
    source_name_aggr: 'web-*',
    source_namespace: 'shop',
    source_type: 'wep',
    dest_name_aggr: 'cart-*',
    dest_namespace: 'shop',
    dest_type: 'wep',
    dest_port: 80,
    proto: 'tcp',
    action: 'allow',
    reporter: 'src',
    num_flows: 1,
    num_flows_started: 1,
    num_flows_completed: 1,
    bytes_in: 1,
    bytes_out: 1,
    packets_in: 1,
    packets_out: 1,
    ...fields,
  });

it.each([
  ['truncated JSON', 'truncated-json', null, damaged((line) => line.slice(0, 200))],
  ['no JSON', 'malformed-json', null, 'hello there'],
  ['a 10 MB line', 'too-long', null, 'x'.repeat(10_000_000)],
  ['1970', 'time-too-old', 'startedAtMs', damaged((line) => line.replaceAll(/2026-05-01/g, '1970-01-01'))],
  ['2099', 'time-in-future', 'startedAtMs', damaged((line) => line.replaceAll(/2026-05-01/g, '2099-01-01'))],
  ['an escaped NUL', 'nul-byte', null, damaged((line) => line.replace('cart-0', 'cart\\u0000'))],
  ['a raw NUL', 'malformed-json', null, damaged((line) => line.replace('cart-0', 'cart\0'))],
  [
    'half a surrogate pair',
    'nul-byte',
    'server.name',
    damaged((line) => line.replace('cart-0', 'cart\\ud800')),
  ],
  [
    'wrong UTF-8',
    'invalid-utf8',
    null,
    Buffer.from(
      damaged((line) => line.replace('cart-0', 'cart\xff')),
      'latin1',
    ),
  ],
  [
    'duplicate keys',
    'duplicate-key',
    expect.any(String),
    damaged((line) => line.replace('{"flow"', '{"node_name":"x","flow"')),
  ],
])('rejects %s and keeps the good lines around it', async (_, code, field, bad) => {
  const place = file(
    Buffer.concat([
      Buffer.from(`${good}\n`),
      Buffer.from(bad),
      Buffer.from(`\n\n${hubbleLine({ atMs: BASE_MS + 1, kind: 'syn' })}\n`),
    ]),
  );
  expect(await ingest(place)).toMatchObject({
    accepted: 2,
    rejected: 1,
    ignored: 1,
    reasons: { [code]: 1, blank: 1 },
  });
  const { rejected, kept } = await listRejected(reader, wholeEstate(), { ...everyRejection, run: 'last' });
  expect(rejected).toBe(1);
  expect(kept).toMatchObject([{ source: place, line: 2, code, field }]);
  expect(kept[0]?.content.length).toBeLessThanOrEqual(65_536);
  expect(await ingest(place)).toMatchObject({ accepted: 0, rejected: 0, duplicates: 4 });
});

it.each([
  ['ends before it starts', 'end-before-start', { end_time: 1_779_999_999 }],
  ['has a negative counter', /negative/, { bytes_in: -5 }],
  ['counts more than fits', /large|range/, { num_flows: 1e15 }],
])('rejects a flow that %s', async (_, code, fields) => {
  const place = file(`${calico({})}\n${calico(fields)}\n${calico({ dest_port: 81 })}\n`);
  expect(await ingest(place)).toMatchObject({ accepted: 2, rejected: 1, format: 'calico' });
  const { kept } = await listRejected(reader, wholeEstate(), { ...everyRejection, run: 'last' });
  expect(kept[0]).toMatchObject({
    line: 2,
    code: typeof code === 'string' ? code : expect.stringMatching(code),
    field: expect.any(String),
  });
});

it.each([
  ['binary', Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7) % 256))],
  ['text', Buffer.from('a\nb\nc\n')],
  ['other JSON', Buffer.from('{"level":"info","msg":"x"}\n'.repeat(500))],
])('rejects every line of %s, keeps few, and tries it again next time', async (_, content) => {
  const place = file(content);
  const first = await ingest(place);
  expect(first).toMatchObject({ accepted: 0, duplicates: 0, format: null });
  expect(first.rejected).toBeGreaterThan(0);
  const again = await ingest(place);
  expect({ ...again, seconds: 0 }).toEqual({ ...first, seconds: 0 });
  const { rejected, kept } = await listRejected(reader, wholeEstate(), everyRejection);
  expect(rejected).toBe(first.rejected);
  expect(kept.length).toBeLessThanOrEqual(100 + 20);
});

it('accepts nothing of an empty file, and says nothing against it', async () => {
  expect(await ingest(file(''))).toMatchObject({
    accepted: 0,
    rejected: 0,
    ignored: 0,
    duplicates: 0,
    batches: 0,
    format: null,
  });
});

it('keeps what came before the damage of a packed file', async () => {
  const packed = gzipSync(lines(traffic(2000)));
  const result = await ingest(file(packed.subarray(0, packed.length - 500)));
  expect(result.accepted).toBeGreaterThan(0);
  expect(result.reasons).toMatchObject({ 'broken-compression': 1 });
});

it('reads an array on one line, and its own rejected elements', async () => {
  const place = file(`[${good},{"flow":5},${hubbleLine({ atMs: BASE_MS + 5, kind: 'syn' })}]`);
  expect(await ingest(place)).toMatchObject({ accepted: 2, rejected: 1 });
  expect(await ingest(place)).toMatchObject({ accepted: 0, duplicates: 3 });
});

it('asks for the other cluster of a mesh only where a record names two', async () => {
  const mesh = JSON.parse(good);
  mesh.flow.source.cluster_name = 'west';
  mesh.flow.destination.cluster_name = 'east';
  await send(`${JSON.stringify(mesh)}\n`, null, { namedCluster: 'here' });
  const found = await owner.query('SELECT cluster, name FROM endpoint ORDER BY cluster');
  expect(found.rows).toContainEqual({ cluster: 'here', name: 'web' });
  expect(found.rows).toContainEqual({ cluster: 'east', name: 'cart' });
});
