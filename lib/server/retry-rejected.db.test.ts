import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { wholeEstate } from '#lib/access/scope.ts';
import { type RejectedList, type Retried, rejectedSchema } from '#lib/contracts/rejected.ts';
import { openReader, type Reader } from '#lib/db/reader.ts';
import { everyRejection, type RejectedFilter } from '#lib/db/sql/rejected-filter.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import { hubbleLine, lines } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestBody } from './ingest-body.ts';
import { ingestFile } from './ingest-file.ts';
import { ingestReceived } from './ingest-received.ts';
import { newRun } from './ingest-run.ts';
import { listRejected } from './list-rejected.ts';
import { retryRejected } from './retry-rejected.ts';
import { undoBatch } from './undo-batch.ts';

const hourMs = 3_600_000;
const nowMs = Date.now();

let database: TestDatabase;
let owner: pg.Client;
let reader: Reader;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  reader = openReader(database.urls);
  folder = mkdtempSync(path.join(tmpdir(), 'flowloom-retry-'));
});
beforeEach(async () => {
  await owner.query(
    'TRUNCATE flow, channel_1m, channel_1h, channel_1d, source_1m, source_node, source_node_10m, packet_seen, ingest_batch, rejected_line, ingest_request',
  );
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await closeWriterPools(database.urls.writer);
  await reader.close();
  await owner.end();
  await database.drop();
});

async function push(
  text: string,
  format: SourceKind | 'auto' = 'auto',
  key: string | null = null,
): Promise<void> {
  async function* input(): AsyncGenerator<Buffer> {
    yield Buffer.from(text);
  }
  const shared = { writerUrl: database.urls.writer, run: newRun(), key, format, source: 'http' };
  await ingestBody({ ...shared, input: input(), namedCluster: 'c1' });
}

function list(filter: Partial<RejectedFilter> = {}): Promise<RejectedList> {
  return listRejected(reader, wholeEstate(), { ...everyRejection, ...filter });
}

type Options = Partial<Parameters<typeof retryRejected>[0]>;

function retry(options: Options = {}): Promise<Retried> {
  const shared = { writerUrl: database.urls.writer, reader, scope: wholeEstate(), format: null };
  return retryRejected({ ...shared, filter: everyRejection, nowMs, ...options });
}

async function counted(): Promise<unknown> {
  const sums = await owner.query(
    `SELECT (SELECT count(*)::int FROM flow) AS flows,
      (SELECT coalesce(sum(flows), 0)::int FROM channel_1d) AS day,
      (SELECT coalesce(sum(records), 0)::int FROM source_1m) AS source,
      (SELECT sum(accepted)::int FROM ingest_batch) AS accepted,
      (SELECT sum(rejected)::int FROM ingest_batch) AS rejected,
      (SELECT count(*)::int FROM rejected_line) AS kept`,
  );
  return sums.rows[0];
}

/** A line that is refused today and accepted two hours from now. */
const ahead = hubbleLine({ atMs: nowMs + 2 * hourMs, kind: 'data' });
const good = hubbleLine({ atMs: nowMs - hourMs, kind: 'data' });
const bad = '{"flow":{"time":"never","verdict":"FORWARDED","is_reply":false}}';
const later = { nowMs: nowMs + 3 * hourMs };

it('takes what is right now, once, and leaves the rest with the reason of today', async () => {
  await push(`${good}\n${ahead}\n${bad}\n`);
  expect(await counted()).toEqual({ flows: 1, day: 1, source: 1, accepted: 1, rejected: 2, kept: 2 });
  expect(await retry()).toMatchObject({ tried: 2, accepted: 0, rejected: 2 });
  expect(await counted()).toMatchObject({ flows: 1, rejected: 2, kept: 2 });
  expect(await retry(later)).toEqual({
    tried: 2,
    accepted: 1,
    ignored: 0,
    rejected: 1,
    left: 0,
    reasons: { 'bad-time': 1 },
  });
  expect(await counted()).toEqual({ flows: 2, day: 2, source: 2, accepted: 2, rejected: 1, kept: 1 });
  expect(await list()).toMatchObject({ rejected: 1, reasons: [{ code: 'bad-time', count: 1, kept: 1 }] });
  expect(await retry(later)).toMatchObject({ tried: 1, accepted: 0, rejected: 1 });
  expect(await counted()).toMatchObject({ flows: 2, day: 2, kept: 1 });
});

it('counts nothing where it is stopped before the commit, and all at the next try', async () => {
  await push(`${ahead}\n`);
  const stop = async (): Promise<void> => {
    throw new Error('stopped');
  };
  await expect(retry({ ...later, beforeCommit: stop })).rejects.toThrow('stopped');
  expect(await counted()).toMatchObject({ flows: 0, day: 0, rejected: 1, kept: 1 });
  expect(await retry(later)).toMatchObject({ accepted: 1, rejected: 0 });
  expect(await retry(later)).toMatchObject({ tried: 0 });
  expect(await counted()).toMatchObject({ flows: 1, day: 1, rejected: 0, kept: 0 });
});

it('counts once where two try at the same time', async () => {
  await push(`${ahead}\n${ahead.replace('40000', '40001')}\n`);
  const both = await Promise.all([retry(later), retry(later)]);
  expect(both.map(({ accepted }) => accepted).sort()).toEqual([0, 2]);
  expect(await counted()).toMatchObject({ flows: 2, day: 2, kept: 0 });
});

it('counts a packet once that is accepted at a later try', async () => {
  const syn = hubbleLine({ atMs: nowMs - hourMs, kind: 'syn' });
  await push(`${syn}\n${syn.replace('"FORWARDED"', '"OF_TOMORROW"')}\n`);
  const fix = await owner.query(
    `UPDATE rejected_line SET content = convert_to(replace(convert_from(content, 'UTF8'), 'OF_TOMORROW', 'FORWARDED'), 'UTF8')`,
  );
  expect(fix.rowCount).toBe(1);
  // It is the same length only by this trick of a test: what counts is that the line reads today.
  await owner.query('UPDATE rejected_line SET length = octet_length(content)');
  expect(await retry()).toMatchObject({ accepted: 1 });
  const { rows } = await owner.query(
    'SELECT sum(connections)::int AS openings, sum(flows)::int AS flows FROM channel_1d',
  );
  expect(rows).toEqual([{ openings: 1, flows: 2 }]);
});

it('reads by another format where that is named', async () => {
  await push(`${good}\n`, 'calico');
  expect(await retry()).toMatchObject({ tried: 1, rejected: 1, reasons: { 'not-calico': 1 } });
  expect(await retry({ format: 'hubble' })).toMatchObject({ accepted: 1 });
  const { rows } = await owner.query('SELECT DISTINCT flags >> 9 AS source_kind FROM flow');
  expect(rows).toEqual([{ source_kind: 1 }]);
});

it('tries only what is asked for', async () => {
  await push(`${good}\n${ahead}\n${bad}\n`);
  const reason = { filter: { ...everyRejection, code: 'time-in-future' } };
  expect(await retry({ ...later, ...reason })).toMatchObject({ tried: 1, accepted: 1 });
  expect(await list()).toMatchObject({ rejected: 1, kept: [{ code: 'bad-time' }] });
  expect(await retry({ filter: { ...everyRejection, cluster: 'c2' } })).toMatchObject({ tried: 0 });
});

it('says why a line cannot be tried from here', async () => {
  const long = bad.replace('never', `${'x'.repeat(70_000)}`);
  await push(`${good}\n${long}\n`);
  const file = path.join(folder, 'grows.ndjson');
  writeFileSync(file, `${lines([{ atMs: nowMs - hourMs, kind: 'data' }])}{"flow":{"time":"20`);
  const shared = { writerUrl: database.urls.writer, run: newRun(), format: 'auto' } as const;
  await ingestFile({ ...shared, file, namedCluster: 'c1' });
  const { kept } = await list();
  expect(kept.map(({ code, retry: state }) => [code, state])).toEqual([
    ['truncated-json', 'in-file'],
    ['bad-time', 'cut'],
  ]);
  expect(kept[0]?.remedy).toContain(`ingest ${file} again`);
  expect(kept[1]).toMatchObject({ bytes: long.length, hasMore: true });
  expect(kept[1]?.remedy).toContain('send line 2 of http again');
  expect(await retry()).toMatchObject({ tried: 0, left: 2 });
});

it('shows one line whole, and bytes that are no text as what they are', async () => {
  await owner.query('SELECT 1');
  async function* input(): AsyncGenerator<Buffer> {
    yield Buffer.concat([
      Buffer.from(`${good}\n{"a":"`),
      Buffer.from([0xe9, 0x1b]),
      Buffer.from(`${'y'.repeat(5000)}"}\n`),
    ]);
  }
  const shared = { writerUrl: database.urls.writer, run: newRun(), key: null, format: 'auto' } as const;
  await ingestBody({ ...shared, input: input(), namedCluster: 'c1' });
  const [line] = (await list()).kept;
  expect(line).toMatchObject({ code: 'invalid-utf8', retry: 'possible', hasMore: true });
  expect(line?.content.startsWith('{"a":"\\xe9\\x1byyy')).toBe(true);
  const [batch = '', byteFrom = ''] = line?.id.split('-') ?? [];
  const whole = await list({ batch, byteFrom: Number(byteFrom) });
  expect(whole.kept[0]).toMatchObject({ hasMore: false });
  expect(whole.kept[0]?.content.length).toBeGreaterThan(5000);
  expect(rejectedSchema.parse(whole)).toEqual(whole);
});

/** As HTTP takes a body in that has no key. */
async function post(text: string, format: SourceKind | 'auto'): Promise<string> {
  const bytes = Buffer.from(text);
  const body = {
    read: async function* () {
      yield bytes;
    },
    bytes: () => bytes.length,
    append: async () => undefined,
    discard: async () => undefined,
  };
  const bodyHash = createHash('sha256').update(bytes).digest('hex');
  const shared = { writerUrl: database.urls.writer, namedCluster: 'c1', token: '', key: null };
  const { kind } = await ingestReceived({ ...shared, body, bodyHash, format });
  return kind;
}

it('counts a body once that is sent again after its lines were tried, and before', async () => {
  await post(`${good}\n`, 'calico');
  expect(await retry({ format: 'hubble' })).toMatchObject({ accepted: 1 });
  expect(await post(`${good}\n`, 'hubble')).toBe('replayed');
  expect(await counted()).toMatchObject({ flows: 1, kept: 0, rejected: 0 });

  const other = good.replace('40000', '40001');
  await post(`${other}\n`, 'calico');
  expect(await post(`${other}\n`, 'hubble')).toBe('ingested');
  expect(await retry({ format: 'hubble' })).toMatchObject({
    accepted: 0,
    ignored: 1,
    reasons: { 'sent-again': 1 },
  });
  expect(await counted()).toMatchObject({ flows: 2, kept: 0, rejected: 0 });
});

it('goes with its batch when that is taken back, so that the input counts whole again', async () => {
  const file = path.join(folder, 'undone.ndjson');
  writeFileSync(file, `${good}\n${ahead}\n`);
  const shared = {
    writerUrl: database.urls.writer,
    run: newRun(),
    format: 'auto',
    namedCluster: 'c1',
  } as const;
  await ingestFile({ ...shared, file });
  expect(await retry(later)).toMatchObject({ accepted: 1 });
  const { rows } = await owner.query<{ id: string }>('SELECT id FROM ingest_batch WHERE retry_of IS NULL');
  expect(await undoBatch(database.urls, rows[0]?.id ?? '')).toMatchObject({ kind: 'undone' });
  expect(await counted()).toMatchObject({ flows: 0, day: 0, source: 0, kept: 0 });
  await ingestFile({ ...shared, file });
  expect(await counted()).toMatchObject({ flows: 1, day: 1, rejected: 1, kept: 1 });
});

it('does not read a row without the header that names its columns', async () => {
  const seconds = Math.floor(nowMs / 1000) - 3600;
  const header =
    'version account-id interface-id dstaddr srcaddr srcport dstport protocol packets bytes start end action log-status';
  const row = (action: string): string =>
    `2 123456789010 eni-1 10.0.0.2 10.0.0.1 40000 443 6 10 840 ${seconds} ${seconds + 60} ${action} OK`;
  await push(`${header}\n${row('ACCEPT')}\n${row('SHINE')}\n`);
  expect((await list()).kept).toMatchObject([{ kind: 'aws-vpc', retry: 'needs-header' }]);
  expect(await retry()).toMatchObject({ tried: 0, left: 1 });
});
