import type { ClientBase } from 'pg';

import type { Id } from './id63.ts';
import { idArray, int2Array, int4Array, int8Array } from './pg-array.ts';
import { type Cell, rollUp } from './rollup-cells.ts';
import { type SourceCells, sortedSourceCells } from './source-cells.ts';
import { sortedTraceCells, type TraceCells } from './trace-cells.ts';

const grains = [
  { table: 'channel_1m', minutes: 1 },
  { table: 'channel_1h', minutes: 60 },
  { table: 'channel_1d', minutes: 1440 },
] as const;

/** Adds a batch's counters at every grain. All writers go through the tables and keys in this order. */
export async function writeRollups(
  client: ClientBase,
  cells: readonly Cell[],
  traces: TraceCells,
): Promise<void> {
  let finer = cells;
  for (const { table, minutes } of grains) {
    finer = rollUp(finer, minutes);
    const changed = finer.filter(changesSomething);
    if (changed.length > 0) await addCells(client, table, changed);
    const shrunk = changed.filter((cell) => cell.records < 0);
    if (shrunk.length > 0) await removeEmptyCells(client, table, shrunk);
  }
  if (traces.size > 0) await addTraceCells(client, traces);
}

/** Two records that change places leave their number as it was, and perhaps not what they added. */
function changesSomething(cell: Cell): boolean {
  const { records, flows, connections, connectionsKnown, bytes, bytesKnown, packets, packetsKnown } = cell;
  const counters = [records, flows, connections, connectionsKnown, bytes, bytesKnown, packets, packetsKnown];
  return counters.some((counter) => counter !== 0);
}

/** A cell whose only record turned out to repeat another must not stay behind as an edge of zeros. */
async function removeEmptyCells(client: ClientBase, table: string, cells: readonly Cell[]): Promise<void> {
  await client.query(
    `/* ingest: empty ${table} */
    DELETE FROM ${table} AS old
    USING unnest($1::int[], $2::bigint[], $3::smallint[], $4::smallint[], $5::smallint[])
      AS gone(minute, channel, source_kind, reporter, verdict)
    WHERE old.bucket = to_timestamp(gone.minute * 60::float8) AND old.channel = gone.channel
      AND old.source_kind = gone.source_kind AND old.reporter = gone.reporter AND old.verdict = gone.verdict
      AND old.records = 0`,
    [
      int4Array(cells, (cell) => cell.minute),
      idArray(cells, (cell) => cell.channel),
      int2Array(cells, (cell) => cell.sourceKind),
      int2Array(cells, (cell) => cell.reporter),
      int2Array(cells, (cell) => cell.verdict),
    ],
  );
}

async function addCells(client: ClientBase, table: string, cells: readonly Cell[]): Promise<void> {
  await client.query(
    `/* ingest: ${table} */
    INSERT INTO ${table} AS old (bucket, channel, source_kind, reporter, verdict, src_ns, dst_ns, records, flows,
      connections, connections_known, bytes, bytes_known, packets, packets_known)
    SELECT to_timestamp(minute * 60::float8), channel, source_kind, reporter, verdict, src_ns, dst_ns, records, flows,
      connections, connections_known, bytes, bytes_known, packets, packets_known
    FROM unnest($1::int[], $2::bigint[], $3::smallint[], $4::smallint[], $5::smallint[], $6::bigint[], $7::bigint[],
      $8::bigint[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::bigint[], $15::bigint[])
      AS new(minute, channel, source_kind, reporter, verdict, src_ns, dst_ns, records, flows,
        connections, connections_known, bytes, bytes_known, packets, packets_known)
    ON CONFLICT (bucket, channel, source_kind, reporter, verdict) DO UPDATE SET
      records = old.records + EXCLUDED.records,
      flows = old.flows + EXCLUDED.flows,
      connections = old.connections + EXCLUDED.connections,
      connections_known = old.connections_known + EXCLUDED.connections_known,
      bytes = old.bytes + EXCLUDED.bytes,
      bytes_known = old.bytes_known + EXCLUDED.bytes_known,
      packets = old.packets + EXCLUDED.packets,
      packets_known = old.packets_known + EXCLUDED.packets_known`,
    [
      int4Array(cells, (cell) => cell.minute),
      idArray(cells, (cell) => cell.channel),
      int2Array(cells, (cell) => cell.sourceKind),
      int2Array(cells, (cell) => cell.reporter),
      int2Array(cells, (cell) => cell.verdict),
      idArray(cells, (cell) => cell.srcNs),
      idArray(cells, (cell) => cell.dstNs),
      int8Array(cells, (cell) => cell.records),
      int8Array(cells, (cell) => cell.flows),
      int8Array(cells, (cell) => cell.connections),
      int8Array(cells, (cell) => cell.connectionsKnown),
      int8Array(cells, (cell) => cell.bytes),
      int8Array(cells, (cell) => cell.bytesKnown),
      int8Array(cells, (cell) => cell.packets),
      int8Array(cells, (cell) => cell.packetsKnown),
    ],
  );
}

async function addTraceCells(client: ClientBase, traces: TraceCells): Promise<void> {
  const cells = sortedTraceCells(traces).filter((cell) => cell.flows !== 0);
  if (cells.length === 0) return;
  await client.query(
    `/* ingest: channel_trace_1h */
    INSERT INTO channel_trace_1h AS old
      (bucket, channel, source_kind, direction, verdict, enforced, pending, src_ns, dst_ns, flows)
    SELECT to_timestamp(hour * 3600::float8), channel, source_kind, direction, verdict, enforced, pending, src_ns,
      dst_ns, flows
    FROM unnest($1::int[], $2::bigint[], $3::smallint[], $4::smallint[], $5::smallint[], $6::bigint[], $7::bigint[],
      $8::bigint[], $9::bigint[], $10::bigint[])
      AS new(hour, channel, source_kind, direction, verdict, enforced, pending, src_ns, dst_ns, flows)
    ON CONFLICT (bucket, channel, source_kind, direction, verdict, enforced, pending)
      DO UPDATE SET flows = old.flows + EXCLUDED.flows`,
    [
      int4Array(cells, (cell) => cell.hour),
      idArray(cells, (cell) => cell.channel),
      int2Array(cells, (cell) => cell.sourceKind),
      int2Array(cells, (cell) => cell.direction),
      int2Array(cells, (cell) => cell.verdict),
      idArray(cells, (cell) => cell.enforced),
      idArray(cells, (cell) => cell.pending),
      idArray(cells, (cell) => cell.srcNs),
      idArray(cells, (cell) => cell.dstNs),
      int8Array(cells, (cell) => cell.flows),
    ],
  );
  if (cells.every((cell) => cell.flows > 0)) return;
  await client.query(
    `/* ingest: empty channel_trace_1h */
    DELETE FROM channel_trace_1h AS old USING unnest($1::int[], $2::bigint[]) AS gone(hour, channel)
    WHERE old.bucket = to_timestamp(gone.hour * 3600::float8) AND old.channel = gone.channel AND old.flows = 0`,
    [int4Array(cells, (cell) => cell.hour), idArray(cells, (cell) => cell.channel)],
  );
}

/** What each collector delivered, by minute, and for as long as raw flows are kept what of it came in which batch. */
export async function writeSources(client: ClientBase, batch: Id, sources: SourceCells): Promise<void> {
  const cells = sortedSourceCells(sources);
  if (cells.length === 0) return;
  await client.query(
    `/* ingest: source_1m */
    WITH of_batch AS (
      INSERT INTO batch_source (bucket, cluster, source_kind, reporter, records, lost_events, sampling, batch)
      SELECT to_timestamp(minute * 60::float8), cluster, source_kind, reporter, records, lost_events, sampling, $8::bigint
      FROM unnest($1::int[], $2::text[], $3::smallint[], $4::smallint[], $5::bigint[], $6::bigint[], $7::int[])
        AS new(minute, cluster, source_kind, reporter, records, lost_events, sampling)
    )
    INSERT INTO source_1m AS old (bucket, cluster, source_kind, reporter, records, lost_events, sampling)
    SELECT to_timestamp(minute * 60::float8), cluster, source_kind, reporter, records, lost_events, sampling
    FROM unnest($1::int[], $2::text[], $3::smallint[], $4::smallint[], $5::bigint[], $6::bigint[], $7::int[])
      AS new(minute, cluster, source_kind, reporter, records, lost_events, sampling)
    ON CONFLICT (cluster, bucket, source_kind, reporter) DO UPDATE SET
      records = old.records + EXCLUDED.records,
      lost_events = old.lost_events + EXCLUDED.lost_events,
      sampling = greatest(old.sampling, EXCLUDED.sampling)`,
    [
      int4Array(cells, (cell) => cell.minute),
      cells.map((cell) => cell.cluster),
      int2Array(cells, (cell) => cell.sourceKind),
      int2Array(cells, (cell) => cell.reporter),
      int8Array(cells, (cell) => cell.records),
      int8Array(cells, (cell) => cell.lostEvents),
      int4Array(cells, (cell) => cell.sampling),
      batch.text,
    ],
  );
}
