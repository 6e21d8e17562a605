import type { OwnerSession } from '#lib/db/owner-session.ts';

/**
 * Takes what these batches added to source_node_10m back, in the caller's transaction and before their
 * ledger rows go. The records are exact, and a stretch without any left disappears. first_at and last_at
 * of a stretch that others delivered to as well stay as wide as they were: raw flows do not know their
 * node. So a pause is found late by less than ten minutes at worst, and is never made up.
 */
export async function subtractNodes(session: OwnerSession, batches: readonly string[]): Promise<void> {
  await session.change(
    `/* flowloom:subtract-nodes */
    WITH gone AS (
      SELECT to_timestamp((cell->>0)::float8 * 60) AS bucket, cell->>1 AS cluster,
        (cell->>2)::smallint AS source_kind, cell->>3 AS node, sum((cell->>4)::bigint) AS records
      FROM ingest_batch, jsonb_array_elements(nodes) AS cell
      WHERE id = ANY($1::bigint[]) AND nodes IS NOT NULL
      GROUP BY 1, 2, 3, 4
    )
    UPDATE source_node_10m AS old SET records = old.records - gone.records
    FROM gone WHERE old.bucket = gone.bucket AND old.cluster = gone.cluster
      AND old.source_kind = gone.source_kind AND old.node = gone.node`,
    [batches],
  );
  await session.change('/* flowloom:subtract-nodes */ DELETE FROM source_node_10m WHERE records <= 0');
}
