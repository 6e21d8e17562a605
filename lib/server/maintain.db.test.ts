import pg from 'pg';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { dropPartition } from '#lib/db/drop-partition.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import { duePartitions, listPartitions } from '#lib/db/partitions.ts';
import { removeNames } from '#lib/db/remove-names.ts';
import { ensurePartitions } from '#lib/ingest/partitions.ts';
import { lines } from '#lib/ingest/test-lines.ts';
import { closeWriterPools } from '#lib/ingest/writer-pool.ts';
import { defaultRetention } from '#lib/kit/retention.ts';
import { freshDatabase, type TestDatabase } from '../../test/database.ts';
import { rebuildDifferences } from '../../test/oracle/rebuild-rollups.ts';
import { setKeeping } from './cluster-keeping.ts';
import { ingestBody } from './ingest-body.ts';
import { newRun } from './ingest-run.ts';
import { type MaintainOptions, maintain } from './maintain.ts';

const dayMs = 86_400_000;
const recordedMs = Date.UTC(2024, 4, 1, 12);
const nowMs = Date.now();

let database: TestDatabase;
let owner: pg.Client;

beforeEach(async () => {
  database = await freshDatabase();
  owner = new pg.Client({ connectionString: database.urls.owner });
  await owner.connect();
});
afterEach(async () => {
  await closeWriterPools(database.urls.writer);
  await owner.end();
  await database.drop();
});

type SendOptions = { readonly cluster?: string; readonly beforeCommit?: () => Promise<void> };

async function send(
  times: readonly number[],
  { cluster = 'c1', beforeCommit }: SendOptions = {},
): Promise<void> {
  const content = lines(times.map((atMs) => ({ atMs, kind: 'syn' })));
  async function* once(): AsyncGenerator<Buffer> {
    yield Buffer.from(content);
  }
  await ingestBody({
    writerUrl: database.urls.writer,
    input: once(),
    run: newRun(),
    namedCluster: cluster,
    format: 'auto',
    key: null,
    ...(beforeCommit === undefined ? {} : { beforeCommit }),
  });
}

const run = (options: Partial<MaintainOptions> = {}) =>
  maintain({
    urls: database.urls,
    retention: defaultRetention,
    nowMs,
    others: 'wait',
    names: 'always',
    ...options,
  });

/** As if all that is there had come so many days ago. */
async function age(days: number): Promise<void> {
  await owner.query('UPDATE ingest_day SET last_ingest = now() - make_interval(days => $1)', [days]);
  await owner.query('UPDATE dropped_partition SET dropped_at = dropped_at - make_interval(days => $1)', [
    days,
  ]);
}

async function count(table: string): Promise<number> {
  return (await owner.query(`SELECT count(*)::int AS count FROM ${table}`)).rows[0].count;
}

const facts = [
  'flow',
  'packet_seen',
  'channel_1m',
  'channel_1h',
  'channel_trace_1h',
  'channel_1d',
  'source_1m',
];

async function countAll(tables: readonly string[]): Promise<readonly number[]> {
  const found: number[] = [];
  for (const table of tables) found.push(await count(table));
  return found;
}

async function counts(): Promise<Readonly<Record<string, number>>> {
  const found: Record<string, number> = {};
  for (const table of facts) found[table] = await count(table);
  return found;
}

it('makes partitions ahead, once, and lists them first in a dry run', async () => {
  const rehearsed = await run({ dryRun: true });
  const made = await run();
  expect([...(made?.made ?? [])].sort()).toEqual([...(rehearsed?.made ?? [])].sort());
  expect(made?.made).toContain(
    `flow_${new Date(nowMs + 3 * dayMs).toISOString().slice(0, 10).replaceAll('-', '')}`,
  );
  expect((await run())?.made).toEqual([]);
  expect(made?.partitions).toBeLessThan(40);
});

it('keeps an old recording from when it came, and then drops the finer before the coarser', async () => {
  await send([recordedMs]);
  expect((await run())?.dropped).toEqual([]);
  const whole = await counts();
  const left: Record<number, readonly string[]> = {};
  for (const days of [2, 4, 8, 91, 401]) {
    await age(days);
    await run();
    const now = await counts();
    left[days] = facts.filter((table) => now[table] === whole[table] && (whole[table] ?? 0) > 0);
  }
  expect(left).toEqual({
    2: ['flow', 'packet_seen', 'channel_1m', 'channel_1h', 'channel_1d', 'source_1m'],
    4: ['channel_1m', 'channel_1h', 'channel_1d', 'source_1m'],
    8: ['channel_1h', 'channel_1d', 'source_1m'],
    91: ['channel_1d', 'source_1m'],
    401: [],
  });
});

it('deletes drafts whose day is over, and no other', async () => {
  await owner.query(`WITH author AS (INSERT INTO app_user (id, name, email) VALUES ('u', 'u', 'u@x') RETURNING id)
    INSERT INTO policy_draft (id, owner_id, cluster, name, yaml, replace_all, created_at, expires_at)
    SELECT name, author.id, 'c', name, '', FALSE, now() - interval '1 day', expires_at FROM author,
      (VALUES ('over', now()), ('there', now() + interval '1 hour')) AS draft (name, expires_at)`);
  await run();
  expect((await owner.query('SELECT id FROM policy_draft')).rows).toEqual([{ id: 'there' }]);
});

it('empties snapshots that have run out, and forgets them and links after thirty days', async () => {
  await owner.query(`WITH maker AS (INSERT INTO app_user (id, name, email) VALUES ('m', 'm', 'm@x') RETURNING id),
    age (key, days) AS (VALUES ('there', -1), ('over', 1), ('old', 31)),
    link AS (INSERT INTO share_link (key, id_hash, owner_id, name, state, scope, created_at, expires_at)
      SELECT key, key::bytea, maker.id, '', '{}', '', now() - interval '60 days', now() - make_interval(days => days) FROM maker, age)
    INSERT INTO snapshot (key, id_hash, owner_id, name, kind, cluster, from_at, to_at, state, scope, data, clusters, namespaces, created_at, expires_at)
    SELECT key, key::bytea, maker.id, '', 'signed-in', 'c', now(), now(), '{}', '', 'rows', '{}', '{}', now() - interval '60 days',
      now() - make_interval(days => days) FROM maker, age`);
  await run();
  expect(
    (await owner.query('SELECT key, data::text <> $$\\x$$ AS full FROM snapshot ORDER BY key')).rows,
  ).toEqual([
    { key: 'over', full: false },
    { key: 'there', full: true },
  ]);
  expect((await owner.query('SELECT key FROM share_link ORDER BY key')).rows).toEqual([
    { key: 'over' },
    { key: 'there' },
  ]);
});

it('drops no week or month of which a part is young', async () => {
  const week = Date.UTC(2024, 4, 6);
  await send([week, week + 6 * dayMs]);
  await owner.query(
    "UPDATE ingest_day SET last_ingest = now() - interval '2 years' WHERE day = '2024-05-06'",
  );
  await run();
  expect([await count('channel_1h'), await count('channel_1d'), await count('flow')]).toEqual([2, 2, 1]);
});

it('leaves a kept cluster when its partition goes, and lets it go when it is released', async () => {
  await send([recordedMs], { cluster: 'kept' });
  await send([recordedMs, recordedMs + 1], { cluster: 'other' });
  expect(await setKeeping(database.urls, 'nowhere', true)).toMatchObject({ result: 'unknown-cluster' });
  expect(await setKeeping(database.urls, 'kept', true)).toMatchObject({ result: 'kept' });
  await age(500);
  const first = await run();
  expect(first?.dropped.length).toBe(11);
  // Nothing was measured, and nothing was decided by a policy that the records name.
  expect(
    first?.dropped
      .filter(({ result }) => result === 'dropped')
      .map(({ partition }) => partition)
      .sort(),
  ).toEqual([
    'channel_latency_1d_20240501',
    'channel_latency_1h_20240429',
    'channel_latency_1m_20240501',
    'channel_trace_1h_20240429',
  ]);
  expect(await counts()).toMatchObject({
    flow: 1,
    packet_seen: 1,
    channel_1m: 1,
    channel_1d: 1,
    source_1m: 1,
  });
  expect(await rebuildDifferences(owner)).toEqual([]);
  expect((await run())?.dropped).toEqual([]);
  await setKeeping(database.urls, 'kept', false);
  expect((await run())?.dropped.every(({ result }) => result === 'dropped')).toBe(true);
  expect(await counts()).toMatchObject({
    flow: 0,
    packet_seen: 0,
    channel_1m: 0,
    channel_1d: 0,
    source_1m: 0,
  });
});

it('loses no batch whose partition is dropped between its making and the writing', async () => {
  await send([recordedMs]);
  await owner.query('BEGIN; LOCK TABLE ONLY flow IN ACCESS EXCLUSIVE MODE');
  const sent = send([recordedMs + 60_000]);
  // It has looked for its partitions, and stands before taking the tables.
  await expect
    .poll(() =>
      count("pg_locks WHERE relation = 'flow'::regclass AND NOT granted AND mode = 'RowExclusiveLock'"),
    )
    .toBe(1);
  await owner.query('DROP TABLE flow_20240501; COMMIT');
  await sent;
  expect(await counts()).toMatchObject({ flow: 1, channel_1m: 2, channel_1d: 1 });
});

it('takes no partition for an old one that was made for a batch of long ago', async () => {
  const pool = new pg.Pool({ connectionString: database.urls.writer, max: 1 });
  try {
    await ensurePartitions(pool, ['2024-05-01'], new Set());
    expect((await run())?.dropped).toEqual([]);
    await age(500);
    expect((await run())?.dropped).not.toEqual([]);
  } finally {
    await pool.end();
  }
});

it('leaves a partition that a batch comes into while its drop waits', async () => {
  await send([recordedMs]);
  await age(500);
  const sent = send([recordedMs + 60_000], {
    beforeCommit: async () => {
      // The batch holds the tables, and so the drop gives up.
      const result = await asOwner(database.urls.owner, async (session) => {
        expect(await duePartitions(session, defaultRetention)).toEqual([]);
        const [oldest] = await listPartitions(session);
        return oldest === undefined ? null : await dropPartition(session, oldest, defaultRetention, 1);
      });
      expect(result).toBe('busy');
    },
  });
  await sent;
  expect((await run())?.dropped).toEqual([]);
  expect(await counts()).toMatchObject({ flow: 2, channel_1m: 2 });
});

it('removes names that nothing uses and nobody wrote for two days, and no others', async () => {
  await send([recordedMs]);
  const names = ['channel', 'endpoint', 'namespace', 'pod', 'label_set', 'endpoint_labels'];
  const before = await countAll(names);
  await age(500);
  await run();
  expect(await count('channel_1d')).toBe(0);
  expect(await countAll(names)).toEqual([...before.slice(0, 5), 0]);
  for (const table of names.slice(0, 5))
    await owner.query(`UPDATE ${table} SET written_at = now() - interval '3 days'`);
  // What is written again is young again, although no fact has come of it yet.
  await send([recordedMs], {
    beforeCommit: async () => {
      const removed = await asOwner(database.urls.owner, removeNames);
      expect(Object.values(removed)).toEqual([0, 0, 0, 0, 0, 0]);
    },
  });
  expect(await countAll(names)).toEqual(before);
  await owner.query(
    'TRUNCATE flow, packet_seen, channel_1m, channel_1h, channel_1d, channel_trace_1h, channel_latency_1m, channel_latency_1h, channel_latency_1d, endpoint_labels',
  );
  for (const table of names.slice(0, 5))
    await owner.query(`UPDATE ${table} SET written_at = now() - interval '3 days'`);
  await run();
  expect(await countAll(names)).toEqual([0, 0, 0, 0, 0, 0]);
});

it('lets one process maintain at a time', async () => {
  await owner.query("SELECT pg_advisory_lock(x'6b656570'::int)");
  expect(await run({ others: 'leave-it-to-them' })).toBeNull();
  const waiting = run();
  await owner.query("SELECT pg_advisory_unlock(x'6b656570'::int)");
  expect(await waiting).not.toBeNull();
});
