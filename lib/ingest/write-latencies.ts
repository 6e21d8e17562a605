import type { ClientBase } from 'pg';
import { type LatencyCell, latencyCells, latencyGrains } from './latency-cells.ts';
import { idArray, int2Array, int4Array, int8Array } from './pg-array.ts';
import type { Cell } from './rollup-cells.ts';

/** Adds what a batch measured at every grain; most batches measured nothing, and cost nothing here. */
export async function writeLatencies(client: ClientBase, cells: readonly Cell[]): Promise<void> {
  const measuring = cells.filter(({ latencies }) => latencies !== null);
  if (measuring.length === 0) return;
  for (const { table, minutes } of latencyGrains) {
    const rows = latencyCells(measuring, minutes);
    if (rows.length > 0) await addRows(client, table, rows);
    const shrunk = rows.filter(({ measured }) => measured < 0);
    if (shrunk.length > 0) await removeEmpty(client, table, shrunk);
  }
}

async function addRows(client: ClientBase, table: string, rows: readonly LatencyCell[]): Promise<void> {
  await client.query(
    `/* ingest: ${table} */
    INSERT INTO ${table} AS old (bucket, channel, src_ns, dst_ns, kind, step, measured, sum_us)
    SELECT to_timestamp(minute * 60::float8), channel, src_ns, dst_ns, kind, step, measured, sum_us
    FROM unnest($1::int[], $2::bigint[], $3::bigint[], $4::bigint[], $5::smallint[], $6::smallint[], $7::int[],
      $8::bigint[]) AS new(minute, channel, src_ns, dst_ns, kind, step, measured, sum_us)
    ON CONFLICT (bucket, channel, kind, step) DO UPDATE SET
      measured = old.measured + EXCLUDED.measured,
      sum_us = old.sum_us + EXCLUDED.sum_us`,
    [
      int4Array(rows, ({ minute }) => minute),
      idArray(rows, ({ channel }) => channel),
      idArray(rows, ({ srcNs }) => srcNs),
      idArray(rows, ({ dstNs }) => dstNs),
      int2Array(rows, ({ kind }) => kind),
      int2Array(rows, ({ step }) => step),
      int4Array(rows, ({ measured }) => measured),
      int8Array(rows, ({ sumUs }) => sumUs),
    ],
  );
}

async function removeEmpty(client: ClientBase, table: string, rows: readonly LatencyCell[]): Promise<void> {
  await client.query(
    `/* ingest: empty ${table} */
    DELETE FROM ${table} AS old USING unnest($1::int[], $2::bigint[], $3::smallint[], $4::smallint[])
      AS gone(minute, channel, kind, step)
    WHERE old.bucket = to_timestamp(gone.minute * 60::float8) AND old.channel = gone.channel
      AND old.kind = gone.kind AND old.step = gone.step AND old.measured = 0`,
    [
      int4Array(rows, ({ minute }) => minute),
      idArray(rows, ({ channel }) => channel),
      int2Array(rows, ({ kind }) => kind),
      int2Array(rows, ({ step }) => step),
    ],
  );
}
