import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { demoLines, demoSliceKey } from '#lib/generate/demo-slices.ts';
import { createDemoWorld } from '#lib/generate/demo-traffic.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { demoStatus } from '#lib/server/demo-status.ts';
import { ingestDemoSlice } from '#lib/server/ingest-demo-slice.ts';
import { removeDemo } from '#lib/server/remove-demo.ts';
import { advanceDemo, seedDemo } from '#lib/server/seed-demo.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';

// Five minutes past an hour: whole hours, and few minutes.
const nowMs = Date.UTC(2026, 10, 23, 14, 5, 30);

const perCluster = `
  SELECT (SELECT count(*) FROM ingest_batch WHERE cluster = $1) AS batches,
    (SELECT count(*) FROM endpoint WHERE cluster = $1) AS endpoints,
    (SELECT count(*) FROM namespace WHERE cluster = $1) AS namespaces,
    (SELECT count(*) FROM inventory_object WHERE cluster = $1) AS objects,
    (SELECT count(*) FROM inventory_apply WHERE cluster = $1) AS applies,
    (SELECT count(*) FROM access_namespace WHERE cluster = $1) AS described,
    (SELECT count(*) FROM flow WHERE batch IN (SELECT id FROM ingest_batch WHERE cluster = $1)) AS flows`;

async function query(database: TestDatabase, text: string, values: readonly unknown[] = []) {
  const client = new pg.Client({ connectionString: database.urls.owner });
  await client.connect();
  try {
    return (await client.query(text, [...values])).rows;
  } finally {
    await client.end();
  }
}

async function drop(database: TestDatabase): Promise<void> {
  await closeWriterPools(database.urls.writer);
  await database.drop();
}

/** Another cluster's facts, dimensions and ledger, one row each, as ids 1 to 3. */
async function addOtherCluster(database: TestDatabase, cluster = 'prod'): Promise<void> {
  for (const text of [
    `INSERT INTO namespace (id, cluster, name) VALUES (1, '${cluster}', 'shop')`,
    `INSERT INTO endpoint (id, cluster, kind, namespace, name) VALUES (1, '${cluster}', 1, 1, 'a'), (2, '${cluster}', 1, 1, 'b')`,
    `INSERT INTO channel (id, source, destination, protocol, port, src_ns, dst_ns) VALUES (3, 1, 2, 'tcp', 80, 1, 1)`,
    'SELECT ensure_partitions(now()::date)',
    `INSERT INTO channel_1h SELECT date_trunc('hour', now()), 3, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1`,
    `INSERT INTO ingest_batch (id, run, cluster, named_cluster, key, source, accepted, rejected, ignored, reasons, lost_events, sampling)
     VALUES (1, 1, '${cluster}', '${cluster}', 'k', 'test', 1, 0, 0, '{}', 0, 1)`,
  ]) {
    await query(database, text);
  }
}

describe('in a database that nothing was ingested into', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await freshDatabase();
  });
  afterAll(() => drop(database));

  test('the demo is seeded, moves with the clock, and counts every slice once', async () => {
    const { urls } = database;
    expect(await demoStatus(urls)).toMatchObject({ state: 'absent', coveredTo: null });

    const seeded = await seedDemo(urls, nowMs);
    expect(seeded.slices).toBe(24 + 5);
    const [counted] = await query(database, perCluster, ['demo']);
    expect(Number(counted.flows)).toBe(seeded.records);
    expect(Number(counted.namespaces)).toBe(22);
    expect([Number(counted.applies), Number(counted.described)]).toEqual([2, 22]);
    expect(Number(counted.objects)).toBeGreaterThan(80);
    const changed = await query(
      database,
      "SELECT kind, name FROM inventory_object WHERE valid_from = '2026-11-23T09:00:00Z' AND kind NOT LIKE 'Staged%'",
    );
    expect(changed).toEqual([{ kind: 'GlobalNetworkPolicy', name: 'security.pci-restrict' }]);
    expect(await query(database, 'SELECT sum(rejected + ignored) AS lost FROM ingest_batch')).toEqual([
      { lost: '0' },
    ]);

    expect(await seedDemo(urls, nowMs)).toEqual({ slices: 0, records: 0 });
    // As if it had been stopped between the two, and as a demo has it that is older than its inventory.
    const lost = [
      'DELETE FROM inventory_apply WHERE applied_at = (SELECT max(applied_at) FROM inventory_apply)',
      'WITH applies AS (DELETE FROM inventory_apply) DELETE FROM inventory_object',
    ];
    for (const statement of lost) {
      await query(database, statement);
      await seedDemo(urls, nowMs);
      const [whole] = await query(database, perCluster, ['demo']);
      expect([whole.applies, whole.objects]).toEqual([counted.applies, counted.objects]);
    }
    const [first, second] = [
      await advanceDemo(urls, nowMs + 60_000),
      await advanceDemo(urls, nowMs + 60_000),
    ];
    expect([first.slices, second.slices]).toEqual([1, 0]);
    expect(await demoStatus(urls)).toMatchObject({ state: 'running', coveredTo: '2026-11-23T14:06:00.000Z' });

    // As if two processes had planned the same slice.
    const slice = { fromMs: nowMs + 30_000 - 60_000, toMs: nowMs + 30_000, flushMinutes: 1 };
    await ingestDemoSlice(urls, demoSliceKey(slice), demoLines(createDemoWorld(), slice), nowMs);
    const [again] = await query(database, perCluster, ['demo']);
    expect(Number(again.flows)).toBe(seeded.records + first.records);
  });

  test('beside other data it stands still; removed, it is gone without a trace, and the other data is not', async () => {
    const { urls } = database;
    await addOtherCluster(database);
    expect(await advanceDemo(urls, nowMs + 600_000)).toEqual({ slices: 0, records: 0 });
    expect(await demoStatus(urls)).toMatchObject({ state: 'paused' });

    const removal = await removeDemo(urls);
    expect(removal.removed).toBe(true);
    expect(removal.flows).toBeGreaterThan(25_000);
    expect(await query(database, perCluster, ['demo'])).toEqual([
      {
        batches: '0',
        endpoints: '0',
        namespaces: '0',
        objects: '0',
        applies: '0',
        described: '0',
        flows: '0',
      },
    ]);
    const left = await query(
      database,
      `SELECT (SELECT count(*) FROM flow) AS flows, (SELECT count(*) FROM channel) AS channels,
        (SELECT count(*) FROM channel_1m) AS minutes, (SELECT count(*) FROM channel_1h) AS hours,
        (SELECT count(*) FROM channel_1d) AS days, (SELECT count(*) FROM channel_trace_1h) AS traces,
        (SELECT count(*) FROM source_1m) AS sources, (SELECT count(*) FROM pod) AS pods,
        (SELECT count(*) FROM endpoint_labels) AS labels, (SELECT count(*) FROM ingest_batch) AS batches`,
    );
    expect(left).toEqual([
      {
        flows: '0',
        channels: '1',
        minutes: '0',
        hours: '1',
        days: '0',
        traces: '0',
        sources: '0',
        pods: '0',
        labels: '0',
        batches: '1',
      },
    ]);
  });

  test('once removed it does not come back, though the database is empty again', async () => {
    const { urls } = database;
    await query(database, 'DELETE FROM ingest_batch');
    expect(await seedDemo(urls, nowMs)).toEqual({ slices: 0, records: 0 });
    expect(await advanceDemo(urls, nowMs)).toEqual({ slices: 0, records: 0 });
    expect(await removeDemo(urls)).toEqual({ removed: false, flows: 0 });
    expect(await demoStatus(urls)).toMatchObject({ state: 'removed', coveredTo: null });
  });
});

test.each(['prod', 'demo'])(
  'a database that something was ingested into, as %s, is left alone',
  async (cluster) => {
    const database = await freshDatabase();
    try {
      await addOtherCluster(database, cluster);
      expect(await seedDemo(database.urls, nowMs)).toEqual({ slices: 0, records: 0 });
      expect(await advanceDemo(database.urls, nowMs)).toEqual({ slices: 0, records: 0 });
      expect(await demoStatus(database.urls)).toMatchObject({ state: 'absent' });
      expect(await removeDemo(database.urls)).toMatchObject({ removed: false });
      expect(await query(database, 'SELECT count(*) FROM channel_1h')).toEqual([{ count: '1' }]);
    } finally {
      await drop(database);
    }
  },
);
