import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';

import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { ingestBody } from './ingest-body.ts';
import { ingestFile } from './ingest-file.ts';
import { newRun } from './ingest-run.ts';

const START = 1_777_633_200;

let database: TestDatabase;
let owner: pg.Client;
let folder: string;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
  folder = mkdtempSync(path.join(tmpdir(), 'flowloom-vpc-'));
});
beforeEach(async () => {
  await owner.query(
    'TRUNCATE flow, ingest_batch, ingest_request, rejected_line, channel_1m, channel_1h, channel_1d',
  );
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await closeWriterPools(database.urls.writer);
  await owner.end();
  await database.drop();
});

/** Two orders that both fit the rows of the other, so that a row read by the wrong one shows. */
const orders = {
  portFirst: 'srcaddr dstaddr srcport dstport bytes protocol start end action',
  bytesFirst: 'srcaddr dstaddr srcport bytes dstport protocol start end action',
} as const;

type Order = keyof typeof orders;

/** Rows from 10.0.0.1 to port 443 of 203.0.113.7, each of `from` and more bytes, under a header. */
function part(order: Order, from: number, count: number, withHeader = true): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const counts = order === 'portFirst' ? `443 ${from + index}` : `${from + index} 443`;
    return `10.0.0.1 203.0.113.7 40000 ${counts} 6 ${START + index} ${START + index + 10} ACCEPT\n`;
  });
  return `${withHeader ? `${orders[order]}\n` : ''}${rows.join('')}`;
}

function sumOf(...parts: readonly (readonly [number, number])[]): number {
  return parts.reduce((sum, [from, count]) => sum + count * from + (count * (count - 1)) / 2, 0);
}

async function ingest(file: string, batchRecords = 20_000) {
  return await ingestFile({
    writerUrl: database.urls.writer,
    file,
    run: newRun(),
    namedCluster: 'aws',
    format: 'auto',
    batchRecords,
  });
}

/** Everything must have gone from the private client to the public server, whichever the order. */
async function stored() {
  const { rows } = await owner.query(
    `SELECT s.name AS client, d.name AS server, c.port, sum(f.bytes)::float8 AS bytes, count(*)::int AS flows
    FROM flow f JOIN channel c ON c.id = f.channel
      JOIN endpoint s ON s.id = c.source JOIN endpoint d ON d.id = c.destination
    GROUP BY 1, 2, 3`,
  );
  return rows;
}

function expected(flows: number, bytes: number) {
  return [{ client: 'private', server: 'public', port: 443, bytes, flows }];
}

it('reads files of several orders put one after the other, packed, in batches of any size', async () => {
  const content = part('portFirst', 100, 50) + part('bytesFirst', 1000, 50) + part('portFirst', 10_000, 50);
  for (const batchRecords of [20_000, 7]) {
    await owner.query('TRUNCATE flow, ingest_batch, channel_1m, channel_1h, channel_1d');
    const file = path.join(folder, `${batchRecords}.log.gz`);
    writeFileSync(file, Buffer.concat([gzipSync(content.slice(0, 3000)), gzipSync(content.slice(3000))]));
    expect(await ingest(file, batchRecords)).toMatchObject({
      format: 'aws-vpc',
      accepted: 150,
      rejected: 0,
      ignored: 3,
      reasons: { header: 3 },
    });
    expect(await stored()).toEqual(expected(150, sumOf([100, 50], [1000, 50], [10_000, 50])));
  }
});

it('knows the order of a file that grew, from its committed part', async () => {
  const file = path.join(folder, 'grown.log');
  writeFileSync(file, part('portFirst', 1, 20) + part('bytesFirst', 100, 100));
  expect(await ingest(file, 11)).toMatchObject({ accepted: 120, ignored: 2 });
  appendFileSync(file, part('bytesFirst', 5000, 30, false));
  expect(await ingest(file)).toMatchObject({ accepted: 30, rejected: 0, ignored: 0, duplicates: 122 });
  expect(await stored()).toEqual(expected(150, sumOf([1, 20], [100, 100], [5000, 30])));
});

it('knows the order of a keyed input that broke off', async () => {
  const content = part('portFirst', 1, 10) + part('bytesFirst', 100, 90);
  async function* once(): AsyncGenerator<Buffer> {
    yield Buffer.from(content);
  }
  async function send(beforeCommit = async (): Promise<void> => {}) {
    return await ingestBody({
      writerUrl: database.urls.writer,
      input: once(),
      run: newRun(),
      namedCluster: 'aws',
      format: 'auto',
      key: 'k1',
      batchRecords: 25,
      beforeCommit,
    });
  }
  let commits = 0;
  const breaks = async () => {
    commits += 1;
    if (commits === 3) throw new Error('the power went');
  };
  await expect(send(breaks)).rejects.toThrow('the power went');
  expect(await stored()).toEqual(expected(48, sumOf([1, 10], [100, 38])));
  const { result } = await send();
  expect(result).toMatchObject({ accepted: 52, rejected: 0, ignored: 0, duplicates: 50 });
  expect(await stored()).toEqual(expected(100, sumOf([1, 10], [100, 90])));
});
