import type { OwnerSession } from '#lib/db/owner-session.ts';

/**
 * Deletes everything of one cluster: facts, rollups, dimensions, batches, rejected lines. Call it in a
 * transaction. Answers how many flow records there were.
 *
 * Policy traces and label sets stay: they belong to no cluster, others may point at them, and an orphan is
 * harmless.
 */
export async function deleteCluster(session: OwnerSession, cluster: string): Promise<number> {
  await session.change(
    `/* flowloom:delete-cluster */ CREATE TEMPORARY TABLE doomed_channel ON COMMIT DROP AS
     SELECT DISTINCT channel.id FROM channel JOIN endpoint ON endpoint.id IN (channel.source, channel.destination)
     WHERE endpoint.cluster = $1`,
    [cluster],
  );
  const flows = await session.change(
    // The time bounds keep it off the partitions of days that the cluster has no flow in.
    `/* flowloom:delete-cluster */ DELETE FROM flow
     WHERE batch IN (SELECT id FROM ingest_batch WHERE cluster = $1)
       AND started_at >= (SELECT min(first_at) FROM ingest_batch WHERE cluster = $1)
       AND started_at <= (SELECT max(last_at) FROM ingest_batch WHERE cluster = $1)`,
    [cluster],
  );
  for (const table of ['channel_1m', 'channel_1h', 'channel_1d', 'channel_trace_1h', 'packet_seen']) {
    await session.change(
      `/* flowloom:delete-cluster */ DELETE FROM ${table} WHERE channel IN (SELECT id FROM doomed_channel)`,
    );
  }
  const dimensions = [
    'DELETE FROM source_1m WHERE cluster = $1',
    'DELETE FROM source_node_10m WHERE cluster = $1',
    'DELETE FROM source_node WHERE cluster = $1',
    'DELETE FROM rejected_line WHERE batch IN (SELECT id FROM ingest_batch WHERE cluster = $1)',
    'DELETE FROM endpoint_labels WHERE endpoint IN (SELECT id FROM endpoint WHERE cluster = $1)',
    'DELETE FROM pod WHERE namespace IN (SELECT id FROM namespace WHERE cluster = $1)',
    'DELETE FROM endpoint WHERE cluster = $1',
    'DELETE FROM namespace WHERE cluster = $1',
    'DELETE FROM ingest_batch WHERE cluster = $1',
    'DELETE FROM ingest_request WHERE cluster = $1',
  ];
  for (const text of dimensions) await session.change(`/* flowloom:delete-cluster */ ${text}`, [cluster]);
  await session.change(
    '/* flowloom:delete-cluster */ DELETE FROM channel WHERE id IN (SELECT id FROM doomed_channel)',
  );
  return flows;
}
