import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { createGzip, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import type { IngestResult } from '#lib/contracts/ingest.ts';
import { sourceKinds } from '#lib/flows/flow-record.ts';
import { hubbleLine } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { countLines, damagedFile, goodLines, noise } from '../../test/damage.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestBody } from './ingest-body.ts';
import { ingestFile } from './ingest-file.ts';
import { createIngestGate } from './ingest-gate.ts';
import { newRun } from './ingest-run.ts';
import { type Pushed, pushFlows } from './push-flows.ts';

const START_MS = Date.UTC(2026, 4, 1);

let database: TestDatabase;
let owner: pg.Client;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  folder = mkdtempSync(path.join(tmpdir(), 'flowloom-bad-'));
});
beforeEach(empty);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await closeWriterPools(database.urls.writer);
  await owner.end();
  await database.drop();
});

async function empty(): Promise<void> {
  await owner.query('TRUNCATE flow, packet_seen, ingest_batch, ingest_request, rejected_line, channel_1m');
}

async function ingest(content: Buffer, batchRecords = 20_000): Promise<IngestResult> {
  const file = path.join(folder, 'input');
  writeFileSync(file, content);
  const options = { writerUrl: database.urls.writer, run: newRun(), namedCluster: null };
  return await ingestFile({ ...options, file, format: 'auto', batchRecords });
}

async function* inPieces(content: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let from = 0; from < content.length; from += size) yield content.subarray(from, from + size);
}

async function send(content: Buffer, size: number, batchRecords: number): Promise<IngestResult> {
  const options = { writerUrl: database.urls.writer, run: newRun(), namedCluster: null, key: null };
  const input = inPieces(content, size);
  return (await ingestBody({ ...options, input, format: 'auto', batchRecords })).result;
}

function offered({ accepted, rejected, ignored, duplicates }: IngestResult): number {
  return accepted + rejected + ignored + duplicates;
}

async function one(sql: string): Promise<unknown> {
  const { rows } = await owner.query<{ found: unknown }>(`SELECT (${sql}) AS found`);
  return rows[0]?.found;
}

/** The rules once more, as Postgres sees them: what is found is forbidden. */
const forbidden = `SELECT count(*)::int FROM flow WHERE started_at < '2015-01-01' OR started_at > now() + '1 hour'
  OR duration_ms NOT BETWEEN 1 AND 604800000 OR more_flows < -1 OR connections < 0 OR bytes < 0 OR packets < 0
  OR client_port NOT BETWEEN 1 AND 65535 OR server_port NOT BETWEEN 1 AND 65535 OR length(drop_reason) > 512`;
const longNames = `SELECT count(*)::int FROM (
    SELECT name FROM endpoint UNION ALL SELECT name FROM namespace UNION ALL SELECT name FROM pod
    UNION ALL SELECT cluster FROM endpoint UNION ALL SELECT protocol FROM channel
    UNION ALL SELECT unnest(labels) FROM label_set) AS every(name) WHERE length(name) > 512`;

it('keeps what is right in damaged input, counts the rest, and never twice', async () => {
  const file = fc.constantFrom(...sourceKinds).chain((kind) => damagedFile(kind, 40));
  const batch = fc.constantFrom(3, 17, 20_000);
  await fc.assert(
    fc.asyncProperty(file, fc.integer({ min: 1, max: 400 }), batch, async (content, size, batchRecords) => {
      await empty();
      const sent = await send(content, size, batchRecords);
      expect(offered(sent)).toBe(countLines(content));
      expect(await one('SELECT count(*)::int FROM flow')).toBe(sent.accepted);
      expect(await one(forbidden)).toBe(0);
      expect(await one(longNames)).toBe(0);
      await empty();
      const { seconds: _, batches: __, ...read } = await ingest(content, batchRecords);
      expect(read).toMatchObject({ accepted: sent.accepted, rejected: sent.rejected, reasons: sent.reasons });
      const again = await ingest(content, batchRecords);
      expect(again.accepted).toBe(0);
      expect(offered(again)).toBe(countLines(content));
      expect(await one('SELECT count(*)::int FROM flow')).toBe(sent.accepted);
    }),
    { numRuns: process.env.FLOWLOOM_LONG === '1' ? 1_000 : 25 },
  );
});

it('rejects a core dump of 20 MB line by line and keeps a hundred of them to look at', async () => {
  const dump = Buffer.concat([Buffer.from('\x7fELF\x02\x01\x01\0', 'latin1'), noise(20 << 20, 1)]);
  const result = await ingest(dump);
  expect(result).toMatchObject({ accepted: 0, format: null, batches: expect.any(Number) });
  expect(offered(result)).toBe(countLines(dump));
  expect(await one('SELECT count(*)::int FROM rejected_line')).toBe(100);
  expect(await one('SELECT coalesce(max(length(content)), 0) FROM rejected_line')).toBeLessThanOrEqual(
    64 << 10,
  );
});

it('finds the flows between two pieces of a core dump', async () => {
  const line = Buffer.from(`\n${goodLines('hubble')[0]}\n`);
  const content = Buffer.concat([noise(1 << 20, 2), line, noise(1 << 20, 3)]);
  const result = await ingest(content);
  expect(result).toMatchObject({ accepted: 1, format: 'hubble' });
  expect(offered(result)).toBe(countLines(content));
});

async function push(
  body: AsyncIterable<Uint8Array>,
  encoding: string,
  mostBytes = 64 << 20,
): Promise<Pushed> {
  const gate = createIngestGate({
    spoolFolder: path.join(folder, 'spool'),
    spoolBytes: 64 << 20,
    bodiesAtOnce: 1,
    rate: { requestsPerSecond: 1_000, bytesPerSecond: 1 << 30 },
    mostBodyBytes: mostBytes,
  });
  return await pushFlows({
    writerUrl: database.urls.writer,
    gate,
    body,
    encoding,
    contentType: 'application/x-ndjson',
    secret: null,
    address: '127.0.0.1',
    key: null,
    query: {},
  });
}

const oneMebibyte = Buffer.alloc(1 << 20, 'x');

/** A member of gzip that unpacks to so many MiB of one letter: one line without an end. */
async function bomb(mebibytes: number): Promise<Buffer> {
  const letters = Array.from({ length: mebibytes }, () => oneMebibyte);
  return Buffer.concat(await Array.fromAsync(Readable.from(letters).pipe(createGzip())));
}

it('reads a zip bomb as the one line that it is, and answers 413 where it came over HTTP', async () => {
  const packed = await bomb(100);
  expect(packed.length).toBeLessThan(200_000);
  expect(await ingest(packed)).toMatchObject({ accepted: 0, rejected: 1, reasons: { 'too-long': 1 } });
  const pushed = await push(inPieces(packed, 10_000), 'gzip', 16 << 20);
  expect(pushed).toMatchObject({ kind: 'problem', problem: { status: 413 } });
});

it.each([
  ['cut off in its head', (packed: Buffer) => packed.subarray(0, 5), 0],
  ['cut off in its middle', (packed: Buffer) => packed.subarray(0, packed.length - 20), 1],
  ['followed by half of another', (packed: Buffer) => Buffer.concat([packed, packed.subarray(0, 40)]), 2_000],
  ['two bytes long', () => Buffer.from([0x1f, 0x8b]), 0],
])('counts the damage of gzip that is %s once', async (_, damage, least) => {
  const line = `${goodLines('hubble')[0]}\n`;
  const result = await ingest(damage(gzipSync(line.repeat(2_000))));
  expect(result.accepted).toBeGreaterThanOrEqual(least);
  expect(result.reasons['broken-compression']).toBe(1);
  expect(result.rejected).toBeLessThanOrEqual(2);
});

it('knows what it has of a packed file that was cut off since', async () => {
  const packed = gzipSync(
    Array.from({ length: 3_000 }, (_, n) => hubbleLine({ atMs: START_MS + n, kind: 'data' })).join('\n'),
  );
  expect(await ingest(packed, 100)).toMatchObject({ accepted: 3_000 });
  const result = await ingest(packed.subarray(0, packed.length / 2), 100);
  expect(result.reasons['broken-compression']).toBe(1);
  expect(result.duplicates).toBeGreaterThan(100);
  // The batch that the file now ends in cannot be known by the hash of the whole.
  expect(result.accepted).toBeLessThan(100);
});

it.each(['gzip', 'zstd', 'identity'])('reads a plain body that says it is %s', async (encoding) => {
  const body = inPieces(Buffer.from(`${goodLines('calico')[0]}\n`), 7);
  expect(await push(body, encoding)).toMatchObject({
    kind: 'ingested',
    result: { accepted: 1 },
  });
});
