import type { ClientBase } from 'pg';
import { directionCode } from '#lib/db/codes.ts';

import { flowsSql, sourceKindSql } from './codes.ts';
import { apply, eventOf, type StoredRow, storedColumns } from './count-packets.ts';
import { parseId } from './id63.ts';
import { addLatency } from './latency-cells.ts';
import { type PacketEvent, REACH_MS, standings } from './packet-count.ts';
import { type Cell, type CellKey, emptyCell } from './rollup-cells.ts';
import { subtractAddresses } from './subtract-addresses.ts';
import { addTraces, noTraces, type TraceCells } from './trace-cells.ts';
import { writeLatencies } from './write-latencies.ts';
import { writeRollups } from './write-rollups.ts';

/** Raw flows and the packets seen of them: those that fulfil `sql`, from the one instant up to before the other. */
export type Selection = {
  readonly fromMs: number;
  readonly toMs: number;
  /** Over the columns `batch` and `channel`, which both tables have; its parameters, `values`, begin at `$3`. */
  readonly sql: string;
  readonly values: readonly unknown[];
};

/**
 * Takes raw flows back: they and the packets seen of them are deleted, and the rollups are what they
 * would be if these had never come. Which packets count is a function of all of a 5-tuple's events, so
 * that function is asked with and without those that go: another batch's SYN may be an opening now.
 *
 * The caller's transaction keeps writers out (`keepWritersOut`), and the raw flows must all be there.
 */
export async function takeBack(client: ClientBase, selection: Selection): Promise<number> {
  const cells = await rawCells(client, selection);
  const traces = await rawTraces(client, selection);
  const changes = await packetChanges(client, selection, traces, 'all');
  await changeRollups(client, [...cells, ...changes], traces);
  await writeLatencies(client, await rawLatencies(client, selection));
  const whereSql = `${selection.sql} AND started_at >= $1 AND started_at < $2 AND ${isCountedSql}`;
  await subtractAddresses(client, { whereSql, values: parametersOf(selection) });
  return await deleteRaw(client, selection);
}

/** Few rows of large tables, found by their keys; the questions before and after it read many. */
export async function changeRollups(
  client: ClientBase,
  cells: readonly Cell[],
  traces: TraceCells,
): Promise<void> {
  await client.query('SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off');
  await writeRollups(client, cells, traces);
  await client.query('SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on');
}

/** Until the transaction ends no batch is written; readers go on. Batches take this table first too. */
export async function keepWritersOut(client: ClientBase): Promise<void> {
  await client.query('/* take-back: lock */ LOCK TABLE ONLY flow IN SHARE ROW EXCLUSIVE MODE');
}

/** Deletes raw flows and packets, and nothing of the rollups; answers how many flows it was. */
export async function deleteRaw(client: ClientBase, selection: Selection): Promise<number> {
  const values = parametersOf(selection);
  await client.query(
    `/* take-back: packets */ DELETE FROM packet_seen WHERE ${selection.sql} AND seen_at >= $1 AND seen_at < $2`,
    values,
  );
  const gone = await client.query(
    `/* take-back: flows */ DELETE FROM flow WHERE ${selection.sql} AND started_at >= $1 AND started_at < $2`,
    values,
  );
  return gone.rowCount ?? 0;
}

function parametersOf({ fromMs, toMs, values }: Selection): unknown[] {
  return [new Date(fromMs), new Date(toMs), ...values];
}

const isCountedSql = 'flags & 56 = 0';

/** What the records added by themselves; whether a SYN of a known 5-tuple opened anything comes from the packets. */
async function rawCells(client: ClientBase, selection: Selection): Promise<readonly Cell[]> {
  const connections = `CASE WHEN flags & 1 = 1 AND num_nulls(client_address, server_address, client_port, server_port) = 0
    THEN 0 ELSE connections END`;
  const { rows } = await client.query<CellRow>(
    `/* take-back: cells */
    SELECT floor(extract(epoch FROM started_at) / 60)::int AS minute, channel, src_ns, dst_ns, ${sourceKindSql} AS source_kind, reporter, verdict,
      count(*) AS records, sum(${flowsSql}) AS flows,
      coalesce(sum(${connections}), 0) AS connections, count(${connections}) AS connections_known,
      coalesce(sum(bytes), 0) AS bytes, count(bytes) AS bytes_known,
      coalesce(sum(packets), 0) AS packets, count(packets) AS packets_known
    FROM flow WHERE ${selection.sql} AND started_at >= $1 AND started_at < $2 AND ${isCountedSql}
    GROUP BY 1, 2, 3, 4, 5, 6, 7`,
    parametersOf(selection),
  );
  return rows.map((row) => ({
    ...emptyCell(keyOf(row), row.minute),
    records: -Number(row.records),
    flows: -Number(row.flows),
    connections: -Number(row.connections),
    connectionsKnown: -Number(row.connections_known),
    bytes: -Number(row.bytes),
    bytesKnown: -Number(row.bytes_known),
    packets: -Number(row.packets),
    packetsKnown: -Number(row.packets_known),
  }));
}

/** What the records measured, each to be taken back. */
async function rawLatencies(client: ClientBase, selection: Selection): Promise<readonly Cell[]> {
  const { rows } = await client.query<LatencyRow>(
    `/* take-back: latencies */
    SELECT floor(extract(epoch FROM started_at) / 60)::int AS minute, channel, src_ns, dst_ns, latency,
      count(*)::int AS measured
    FROM flow WHERE ${selection.sql} AND started_at >= $1 AND started_at < $2 AND ${isCountedSql}
      AND latency IS NOT NULL
    GROUP BY 1, 2, 3, 4, 5`,
    parametersOf(selection),
  );
  return rows.map((row) => {
    const cell = emptyCell(keyOf({ ...row, source_kind: 0, reporter: 0, verdict: 0 }), row.minute);
    addLatency(cell, row.latency, -row.measured);
    return cell;
  });
}

type LatencyRow = Pick<KeyRow, 'channel' | 'src_ns' | 'dst_ns'> & {
  readonly minute: number;
  readonly latency: number;
  readonly measured: number;
};

type KeyRow = {
  readonly channel: string;
  readonly src_ns: string;
  readonly dst_ns: string;
  readonly source_kind: number;
  readonly reporter: number;
  readonly verdict: number;
};

type CellRow = KeyRow & { readonly minute: number } & Readonly<Record<Counter, string>>;

type Counter =
  | 'records'
  | 'flows'
  | 'connections'
  | 'connections_known'
  | 'bytes'
  | 'bytes_known'
  | 'packets'
  | 'packets_known';

function keyOf(row: KeyRow): CellKey {
  return {
    channel: parseId(row.channel),
    srcNs: parseId(row.src_ns),
    dstNs: parseId(row.dst_ns),
    sourceKind: row.source_kind,
    reporter: row.reporter,
    verdict: row.verdict,
  };
}

type TraceRow = Omit<KeyRow, 'reporter'> & {
  readonly hour: number;
  readonly direction: number;
  readonly enforced: string | null;
  readonly pending: string | null;
  readonly flows: string;
};

async function rawTraces(client: ClientBase, selection: Selection): Promise<TraceCells> {
  const { rows } = await client.query<TraceRow>(
    `/* take-back: traces */
    SELECT floor(extract(epoch FROM started_at) / 3600)::int AS hour, channel, src_ns, dst_ns, ${sourceKindSql} AS source_kind, verdict,
      side.direction, side.enforced, side.pending, sum(${flowsSql}) AS flows
    FROM flow CROSS JOIN LATERAL (VALUES (${directionCode.egress}, egress, egress_pending),
      (${directionCode.ingress}, ingress, ingress_pending)) AS side (direction, enforced, pending)
    WHERE ${selection.sql} AND started_at >= $1 AND started_at < $2 AND ${isCountedSql}
      AND num_nonnulls(side.enforced, side.pending) > 0
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`,
    parametersOf(selection),
  );
  const traces: TraceCells = new Map();
  for (const row of rows) {
    const enforced = row.enforced === null ? null : parseId(row.enforced);
    const pending = row.pending === null ? null : parseId(row.pending);
    const ids =
      row.direction === directionCode.egress
        ? { ...noTraces, egress: enforced, egressPending: pending }
        : { ...noTraces, ingress: enforced, ingressPending: pending };
    addTraces(traces, keyOf({ ...row, reporter: 0 }), row.hour, ids, -Number(row.flows));
  }
  return traces;
}

type FoundRow = StoredRow & {
  readonly is_gone: boolean;
  readonly source_kind: number;
  readonly reporter: number;
};

/**
 * What changes in the rollups when the selected packets are taken out of their 5-tuples; `others`: only
 * as far as it concerns packets that stay.
 */
export async function packetChanges(
  client: ClientBase,
  selection: Selection,
  traces: TraceCells,
  whose: 'all' | 'others',
): Promise<readonly Cell[]> {
  const reach = `interval '${REACH_MS} milliseconds'`;
  const isGone = `(${selection.sql} AND seen_at >= $1 AND seen_at < $2)`;
  const { rows } = await client.query<FoundRow>(
    `/* take-back: packets of the same 5-tuples */
    SELECT ${storedColumns}, is_gone, source_kind, reporter
    FROM (
      SELECT *, bool_or(NOT is_gone) OVER (PARTITION BY tuple) AS has_others FROM (
        SELECT *, ${isGone} AS is_gone FROM packet_seen
        WHERE tuple IN (SELECT tuple FROM packet_seen WHERE ${isGone})
          AND seen_at >= $1::timestamptz - ${reach} AND seen_at < $2::timestamptz + ${reach}
      ) AS around
    ) AS seen JOIN channel ON channel.id = seen.channel
    WHERE ${whose === 'all' ? 'TRUE' : 'has_others'}`,
    parametersOf(selection),
  );
  const changes: Cell[] = [];
  for (const found of byTuple(rows)) {
    // All events of a 5-tuple have one kind and reporter; 0 where an older version did not keep it.
    const like = found.find((row) => row.source_kind > 0);
    if (like === undefined) continue;
    const kind = { sourceKind: like.source_kind, reporter: like.reporter };
    const gone = new Set<PacketEvent>();
    const stay: PacketEvent[] = [];
    for (const row of found) {
      const event = eventOf(row, kind);
      if (row.is_gone) gone.add(event);
      else stay.push(event);
    }
    for (const standing of standings(stay)) apply(standing, 1, changes, traces);
    for (const standing of standings([...stay, ...gone])) {
      if (whose === 'all' || !gone.has(standing.event)) apply(standing, -1, changes, traces);
    }
  }
  return changes;
}

function byTuple(rows: readonly FoundRow[]): readonly (readonly FoundRow[])[] {
  const tuples = new Map<string, FoundRow[]>();
  for (const row of rows) {
    const known = tuples.get(row.tuple);
    if (known === undefined) tuples.set(row.tuple, [row]);
    else known.push(row);
  }
  return [...tuples.values()];
}
