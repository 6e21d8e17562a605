import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { lines } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { createIngestToken } from './create-ingest-token.ts';
import { createIngestGate, type IngestGate, type IngestGateOptions } from './ingest-gate.ts';
import { type Pushed, pushFlows } from './push-flows.ts';
import { undoBatch } from './undo-batch.ts';

let database: TestDatabase;
let owner: pg.Client;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  folder = mkdtempSync(path.join(tmpdir(), 'flowloom-push-'));
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await closeWriterPools(database.urls.writer);
  await owner.end();
  await database.drop();
});

function gateOf(options: Partial<IngestGateOptions> = {}): IngestGate {
  return createIngestGate({
    spoolFolder: path.join(folder, 'spool'),
    spoolBytes: 64 << 20,
    bodiesAtOnce: 8,
    rate: { requestsPerSecond: 1_000, bytesPerSecond: 1 << 30 },
    ...options,
  });
}

type Body = AsyncIterable<Uint8Array>;

async function* inPieces(content: string | Uint8Array, size = 64 << 10): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(content);
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size);
}

async function push(
  gate: IngestGate,
  body: Body,
  cluster: string | undefined = 'c1',
  secret: string | null = null,
): Promise<Pushed> {
  return await pushFlows({
    writerUrl: database.urls.writer,
    gate,
    body,
    encoding: 'identity',
    contentType: 'application/x-ndjson',
    secret,
    address: '127.0.0.1',
    key: null,
    query: secret === null ? { cluster } : {},
  });
}

/** What a client is told: the code of the problem, or how many records were taken. */
async function told(gate: IngestGate, body: Body, cluster?: string): Promise<string | number> {
  const pushed = await push(gate, body, cluster);
  return pushed.kind === 'problem' ? pushed.problem.code : pushed.result.accepted;
}

async function total(): Promise<number> {
  return Number((await owner.query('SELECT count(*) FROM flow')).rows[0].count);
}

let days = 0;
function flows(count: number): string {
  days += 1;
  const atMs = Date.UTC(2026, 5, days);
  return lines(
    Array.from({ length: count }, (_, index) => ({ atMs: atMs + index * 997, kind: 'data' as const })),
  );
}

it('keeps nothing of a body that breaks off, and all of it once it comes whole', async () => {
  const gate = gateOf();
  const content = flows(3_000);
  const before = await total();
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield* inPieces(content.slice(0, content.length - 10));
    throw new Error('aborted');
  }
  expect(await told(gate, broken())).toBe('body-broken-off');
  expect(await total()).toBe(before);
  expect(await told(gate, inPieces(content))).toBe(3_000);
  expect((await push(gate, inPieces(content))).kind).toBe('replayed');
  expect(await total()).toBe(before + 3_000);
});

it('leaves no file of a body behind, also while it is being read', async () => {
  const spoolFolder = path.join(folder, 'watched');
  const gate = gateOf({ spoolFolder });
  const seen: number[] = [];
  async function* watched(): AsyncGenerator<Uint8Array> {
    for await (const piece of inPieces(flows(5_000))) {
      seen.push(
        ...readdirSync(folder)
          .filter((name) => name === 'watched')
          .map(() => readdirSync(spoolFolder).length),
      );
      yield piece;
    }
  }
  expect(await told(gate, watched())).toBe(5_000);
  expect(seen.length).toBeGreaterThan(3);
  expect(Math.max(...seen)).toBe(0);
});

it.each([
  ['plain', (content: string) => Buffer.from(content)],
  ['gzip', (content: string) => gzipSync(content)],
  ['zstd', (content: string) => zstdCompressSync(content)],
])('ends a %s body that is, or unpacks to, more than it may, and keeps nothing', async (_name, pack) => {
  const before = await total();
  const gate = gateOf({ mostBodyBytes: 1 << 20 });
  expect(await told(gate, inPieces(pack(flows(4_000))))).toBe('body-too-large');
  expect(await total()).toBe(before);
});

it('does not wait for a body that pauses or trickles', async () => {
  const never = new Promise<never>(() => {});
  const gate = gateOf({ pace: { quietMs: 100, graceMs: 100, bytesPerSecond: 1 << 20 } });
  async function* pausing(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('{');
    await never;
  }
  expect(await told(gate, pausing())).toBe('body-too-slow');
  async function* trickling(): AsyncGenerator<Uint8Array> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      yield Buffer.from(' ');
    }
  }
  expect(await told(gate, trickling())).toBe('body-too-slow');
});

it('puts off what is beyond the limits, and takes it when there is room', async () => {
  const gate = gateOf({ bodiesAtOnce: 1, spoolBytes: 1 << 20 });
  let go = (): void => {};
  const gone = new Promise<void>((resolve) => {
    go = resolve;
  });
  const content = flows(20);
  async function* slow(): AsyncGenerator<Uint8Array> {
    await gone;
    yield Buffer.from(content);
  }
  const first = told(gate, slow());
  const other = flows(20);
  const refused = await push(gate, inPieces(other));
  expect(refused).toMatchObject({
    kind: 'problem',
    problem: { status: 503, code: 'busy', retryAfterSeconds: 5 },
  });
  go();
  expect(await first).toBe(20);
  expect(await told(gate, inPieces(other))).toBe(20);
  expect(await told(gate, inPieces(flows(4_000)))).toBe('busy');
  expect(await told(gate, inPieces(flows(20)))).toBe(20);
});

it('limits what one client sends', async () => {
  // A body far beyond the ten bytes that may come at once is paid for by the next ones.
  const gate = gateOf({ rate: { requestsPerSecond: 1_000, bytesPerSecond: 1 } });
  expect(await told(gate, inPieces(flows(1)))).toBe(1);
  const refused = await push(gate, inPieces(flows(1)));
  expect(refused).toMatchObject({ kind: 'problem', problem: { status: 429, code: 'rate-limited' } });
  const { retryAfterSeconds = null } = refused.kind === 'problem' ? refused.problem : {};
  expect(retryAfterSeconds).toBeGreaterThan(500);
});

it('takes more bodies at once than it ingests at once', async () => {
  const gate = gateOf();
  const bodies = Array.from({ length: 8 }, () => flows(500));
  const before = await total();
  expect(await Promise.all(bodies.map((content) => told(gate, inPieces(content))))).toEqual(
    Array(8).fill(500),
  );
  expect(await total()).toBe(before + 4_000);
});

it('puts a body off while another of the same bytes is being ingested, and counts it once', async () => {
  const gate = gateOf();
  const content = flows(2_000);
  const both = await Promise.all([push(gate, inPieces(content)), push(gate, inPieces(content))]);
  expect(both.map(({ kind }) => kind).sort()).toEqual(['ingested', 'replayed']);
});

it('answers 503 where Postgres has no room, and takes the same body later, once', async () => {
  const gate = gateOf();
  const content = flows(50);
  const before = await total();
  await owner.query(`CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100'; END $$`);
  await owner.query('CREATE TRIGGER no_room BEFORE INSERT ON channel_1m EXECUTE FUNCTION no_room()');
  const refused = await push(gate, inPieces(content));
  expect(refused).toMatchObject({ kind: 'problem', problem: { status: 503, code: 'database-full' } });
  await owner.query('DROP TRIGGER no_room ON channel_1m');
  expect(await total()).toBe(before);
  expect(await told(gate, inPieces(content))).toBe(50);
  expect(await total()).toBe(before + 50);
});

it('takes a body again, with a token and without, once its batch was taken back', async () => {
  const gate = gateOf();
  const { token } = await createIngestToken(
    database.urls,
    { cluster: 'c5', name: '', expires: 60_000 },
    Date.now(),
  );
  for (const secret of [null, token]) {
    const content = flows(30);
    const kindOf = async (): Promise<string> => (await push(gate, inPieces(content), 'c5', secret)).kind;
    expect([await kindOf(), await kindOf()]).toEqual(['ingested', 'replayed']);
    const { rows } = await owner.query('SELECT id FROM ingest_batch ORDER BY committed_at DESC LIMIT 1');
    expect((await undoBatch(database.urls, rows[0].id)).kind).toBe('undone');
    expect([await kindOf(), await kindOf()]).toEqual(['ingested', 'replayed']);
  }
});
