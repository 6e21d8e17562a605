import type { ClientBase } from 'pg';

/**
 * Takes what a batch added to source_node_10m back, in the caller's transaction and before its ledger row
 * goes. The records are exact, and a stretch without any left disappears. first_at and last_at of a stretch
 * that others delivered to as well stay as wide as they were: raw flows do not know their node. So a pause
 * is found late by less than ten minutes at worst, and is never made up.
 */
export async function subtractNodes(client: ClientBase, batch: string): Promise<void> {
  await client.query(
    `/* undo: nodes */
    UPDATE source_node_10m AS old SET records = old.records - gone.records
    FROM (${cellsOfBatch}) AS gone
    WHERE (old.cluster, old.source_kind, old.node, old.bucket)
      = (gone.cluster, gone.source_kind, gone.node, gone.bucket)`,
    [batch],
  );
  await client.query(
    `/* undo: empty nodes */
    DELETE FROM source_node_10m AS old USING (${cellsOfBatch}) AS gone
    WHERE (old.cluster, old.source_kind, old.node, old.bucket)
      = (gone.cluster, gone.source_kind, gone.node, gone.bucket) AND old.records <= 0`,
    [batch],
  );
}

const cellsOfBatch = `
  SELECT to_timestamp((cell->>0)::float8 * 60) AS bucket, cell->>1 AS cluster,
    (cell->>2)::smallint AS source_kind, cell->>3 AS node, (cell->>4)::bigint AS records
  FROM ingest_batch, jsonb_array_elements(nodes) AS cell
  WHERE id = $1 AND nodes IS NOT NULL`;
