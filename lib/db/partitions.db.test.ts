import { readFileSync } from 'node:fs';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.drop();
});

it('keeps what a database holds when its tables become partitioned', async () => {
  await owner.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  const run = (name: string) => owner.query(readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8'));
  for (const name of ['0001_flows', '0002_roles', '0003_setting']) await run(name);
  await owner.query(`
    SELECT ensure_flow_partition('2026-05-03');
    INSERT INTO channel_1m VALUES ('2026-05-03T10:00Z', 3, 1, 1, 1, 1, 2, 5, 6, 7, 8, 9, 10, 11, 12);
    INSERT INTO channel_1h SELECT * FROM channel_1m;
    INSERT INTO channel_1d SELECT '2026-05-03', 3, 1, 1, 1, 1, 2, 5, 6, 7, 8, 9, 10, 11, 12;
    INSERT INTO channel_trace_1h VALUES ('2026-05-03T10:00Z', 3, 1, 1, 1, 4, 0, 1, 2, 9);
    INSERT INTO source_1m VALUES ('2026-05-03T10:00Z', 'c', 1, 1, 5, 2, 1);
    INSERT INTO packet_seen VALUES (1, '2026-05-03T10:00Z', 3, 4, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0, 1, 1);
    INSERT INTO ingest_batch (id, run, cluster, named_cluster, key, source, accepted, rejected, ignored, reasons,
        lost_events, sampling, first_at, last_at, committed_at)
      VALUES (4, 4, 'c', 'c', 'k', 's', 5, 0, 0, '{}', 0, 1, '2026-05-03T10:00Z', '2026-05-03T10:00Z', '2026-05-04T08:00Z');`);
  await run('0004_partitions');
  const { rows } = await owner.query(`
    SELECT (SELECT records::int FROM channel_1m) AS minute, (SELECT flows::int FROM channel_1h) AS hour,
      (SELECT packets_known::int FROM channel_1d_20260501) AS day, (SELECT flows::int FROM channel_trace_1h_20260427) AS trace,
      (SELECT lost_events::int FROM source_1m) AS lost, (SELECT batch::int FROM packet_seen_20260503) AS packet,
      (SELECT (last_ingest AT TIME ZONE 'UTC')::text FROM ingest_day WHERE day = '2026-05-03') AS last`);
  expect(rows).toEqual([
    { minute: 5, hour: 6, day: 12, trace: 9, lost: 2, packet: 4, last: '2026-05-04 08:00:00' },
  ]);
});
