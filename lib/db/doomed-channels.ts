import type { OwnerSession } from '#lib/db/owner-session.ts';

export type PurgeScope = {
  readonly cluster: string;
  /** null: all of the cluster. */
  readonly namespace: string | null;
};

/** Notes the channels with an end in the scope in the temporary table `doomed_channel`; false where nothing is known of it. */
export async function markDoomed(
  session: OwnerSession,
  { cluster, namespace }: PurgeScope,
): Promise<boolean> {
  const ends = `SELECT endpoint.id FROM endpoint LEFT JOIN namespace ON namespace.id = endpoint.namespace
    WHERE endpoint.cluster = $1 AND ($2::text IS NULL OR namespace.name = $2)`;
  const channels = await session.change(
    `/* flowloom:doomed */ CREATE TEMPORARY TABLE doomed_channel AS
     SELECT id FROM channel WHERE source IN (${ends}) UNION SELECT id FROM channel WHERE destination IN (${ends})`,
    [cluster, namespace],
  );
  await session.change('/* flowloom:doomed */ ALTER TABLE doomed_channel ADD PRIMARY KEY (id)');
  await session.change('/* flowloom:doomed */ ANALYZE doomed_channel');
  if (channels > 0 || namespace !== null) return channels > 0;
  const rows = await session.ask(
    `/* flowloom:doomed */ SELECT FROM ingest_batch WHERE $1 IN (cluster, named_cluster)
     UNION ALL SELECT FROM source_1m WHERE cluster = $1 LIMIT 1`,
    [cluster],
  );
  return rows.length > 0;
}

/** The UTC days, as milliseconds, that may hold something of the doomed channels, oldest first. */
export async function doomedDays(
  session: OwnerSession,
  sourcesOf: string | null,
): Promise<readonly number[]> {
  const rows = await session.ask<{ day: string }>(
    `/* flowloom:doomed-days */
     SELECT DISTINCT extract(epoch FROM day)::float8 * 1000 AS day FROM (
       SELECT DISTINCT bucket AS day FROM channel_1d WHERE channel IN (SELECT id FROM doomed_channel)
       UNION SELECT DISTINCT date_trunc('day', bucket, 'UTC') FROM channel_1h WHERE channel IN (SELECT id FROM doomed_channel)
       UNION SELECT DISTINCT date_trunc('day', bucket, 'UTC') FROM source_1m WHERE cluster = $1
       UNION SELECT to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD')::timestamp AT TIME ZONE 'UTC'
         FROM pg_inherits WHERE inhparent IN ('flow'::regclass, 'packet_seen'::regclass)
     ) AS known ORDER BY 1`,
    [sourcesOf],
  );
  return rows.map(({ day }) => Number(day));
}

/** Whether all that came of a cluster on a day is still there as single flows, and as hours. */
export async function wholeGrains(
  session: OwnerSession,
  cluster: string,
  dayStartMs: number,
): Promise<{ readonly raw: boolean; readonly hours: boolean }> {
  const rows = await session.ask<{ raw: boolean; hours: boolean }>(
    `/* flowloom:whole-grains */
     SELECT coalesce(bool_and(parent NOT IN ('flow', 'packet_seen')), true) AS raw,
       coalesce(bool_and(parent NOT IN ('channel_1h', 'channel_trace_1h', 'channel_latency_1h')), true) AS hours
     FROM dropped_partition
     WHERE from_at < $2::timestamptz + interval '1 day' AND to_at > $2::timestamptz AND NOT $1 = ANY(kept)`,
    [cluster, new Date(dayStartMs)],
  );
  return rows[0] ?? { raw: false, hours: false };
}

/** What is not of any channel: rejected lines, which may hold anything, nodes, growth. `beforeMs` null is all. */
export async function deleteRest(
  session: OwnerSession,
  cluster: string,
  beforeMs: number | null,
): Promise<void> {
  const before = beforeMs === null ? null : new Date(beforeMs);
  await session.change(
    `/* flowloom:purge-rejected */ DELETE FROM rejected_line WHERE batch IN (SELECT id FROM ingest_batch
       WHERE $1 IN (cluster, named_cluster) AND ($2::timestamptz IS NULL OR coalesce(last_at, committed_at) < $2))`,
    [cluster, before],
  );
  for (const table of ['source_node', 'dimension_growth']) {
    await session.change(
      `/* flowloom:purge-rest */ DELETE FROM ${table} WHERE cluster = $1
         AND ($2::timestamptz IS NULL OR day + 1 <= ($2::timestamptz AT TIME ZONE 'UTC')::date)`,
      [cluster, before],
    );
  }
}

/** Forgets what was ingested for a cluster: its files and keys count again when they come again. */
export async function forgetBatches(session: OwnerSession, cluster: string): Promise<void> {
  await session.change(
    '/* flowloom:forget */ DELETE FROM ingest_batch WHERE $1 IN (cluster, named_cluster)',
    [cluster],
  );
  await session.change('/* flowloom:forget */ DELETE FROM ingest_request WHERE cluster = $1', [cluster]);
}
