import type { ClientBase } from 'pg';

import type { Batch } from './batch.ts';
import { type BinaryRows, createBinaryRows } from './binary-rows.ts';
import { flagBits } from './codes.ts';
import { copyBlocks } from './copy.ts';
import { compareIds, type Id, parseId } from './id63.ts';
import { type PacketEvent, type PacketStanding, REACH_MS, standings } from './packet-count.ts';
import type { TupleEvents } from './packet-events.ts';
import { idArray } from './pg-array.ts';
import { type Amounts, addAmounts, type Cell, emptyCell } from './rollup-cells.ts';
import { addTraces, noTraces, type TraceCells, type TraceIds } from './trace-cells.ts';

const MINUTE_MS = 60_000;

/**
 * Adds what the batch's packet events change: openings once each, drop events that repeat a
 * policy-verdict event taken back. Events of earlier batches around them are read first, so that the sum
 * is that of one batch with all of them. Every writer of a cluster waits here for the one before it;
 * otherwise two could each miss the other's events.
 */
export async function countPackets(client: ClientBase, batch: Batch): Promise<readonly Cell[]> {
  if (batch.tuples.size === 0) return [];
  for (const cluster of [...batch.clusters.keys()].sort()) {
    await client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 1))', [
      `flowloom packets ${cluster}`,
    ]);
  }
  const changes: Cell[] = [];
  const tuples = inKeyOrder(batch.tuples);
  const stored = await storedEvents(client, tuples);
  for (const tuple of tuples) {
    const { events } = tuple;
    const before = stored.get(tuple);
    const [only] = events;
    if (before === undefined && events.length === 1 && only?.cell) {
      // Most tuples: one packet, never seen before.
      if ((only.event & flagBits.syn) !== 0) only.cell.connections += 1;
      continue;
    }
    const earlier = before ?? [];
    for (const standing of standings([...earlier, ...events])) apply(standing, 1, changes, batch.traces);
    for (const standing of standings(earlier)) apply(standing, -1, changes, batch.traces);
  }
  await copyEvents(client, batch.id, tuples);
  return changes;
}

/** Adds (1) or takes back (-1) what a standing changes: an opening, or what a merged drop event added. */
export function apply(
  { event, isOpening, isMerged }: PacketStanding,
  sign: 1 | -1,
  changes: Cell[],
  traces: TraceCells,
): void {
  if (!isOpening && !isMerged) return;
  const minute = Math.floor(event.atMs / MINUTE_MS);
  const cell = event.cell ?? emptyCell(event.key, minute);
  if (isOpening) {
    cell.connections += sign;
  } else {
    addAmounts(cell, event.amounts, event.amounts.connections, sign === 1 ? -1 : 1);
    addTraces(traces, event.key, Math.floor(minute / 60), event.traces, -sign * event.amounts.flows);
  }
  if (event.cell === null) changes.push(cell);
}

/** Neighbours in the index are read and written together. */
function inKeyOrder(tuples: Batch['tuples']): readonly TupleEvents[] {
  return [...tuples.values()].sort(compareIds);
}

/** A row of packet_seen with the namespaces of its channel. */
export type StoredRow = {
  readonly tuple: string;
  readonly ms: string;
  readonly channel: string;
  readonly src_ns: string;
  readonly dst_ns: string;
  readonly event: number;
  readonly verdict: number;
  readonly flows: number | null;
  readonly connections: number | null;
  readonly bytes: string | null;
  readonly packets: string | null;
  readonly egress: string | null;
  readonly egress_pending: string | null;
  readonly ingress: string | null;
  readonly ingress_pending: string | null;
};

/** The columns of a StoredRow, of `packet_seen AS seen JOIN channel`. */
export const storedColumns = `seen.tuple, (extract(epoch FROM seen.seen_at) * 1000)::bigint AS ms, seen.channel,
      channel.src_ns, channel.dst_ns, seen.event, seen.verdict, seen.flows, seen.connections, seen.bytes,
      seen.packets, seen.egress, seen.egress_pending, seen.ingress, seen.ingress_pending`;

/** The width of the slots of time that packet_seen is found by; the index in the migrations says the same. */
const SLOT_MS = 256_000;
const SLOT_SECONDS = SLOT_MS / 1000;

/**
 * Where events near those of the batch can be: slot by slot, and in each the tuples to look for, in their
 * order. A batch whose times lie far apart asks for no more of them.
 */
function slotsOf(tuples: readonly TupleEvents[]): ReadonlyMap<number, readonly TupleEvents[]> {
  const slots = new Map<number, TupleEvents[]>();
  for (const tuple of tuples) {
    for (const { atMs } of tuple.events) {
      const last = Math.floor((atMs + REACH_MS) / SLOT_MS);
      for (let slot = Math.floor((atMs - REACH_MS) / SLOT_MS); slot <= last; slot += 1) {
        const asked = slots.get(slot);
        if (asked === undefined) slots.set(slot, [tuple]);
        else if (asked.at(-1) !== tuple) asked.push(tuple);
      }
    }
  }
  return slots;
}

async function storedEvents(
  client: ClientBase,
  asked: readonly TupleEvents[],
): Promise<ReadonlyMap<TupleEvents, readonly PacketEvent[]>> {
  const slots = [...slotsOf(asked)].sort(([a], [b]) => a - b);
  let end = 0;
  const ends = slots.map(([, tuples]) => {
    end += tuples.length;
    return end;
  });
  const found = await client.query<StoredRow>(
    `/* ingest: packets seen before */
    SELECT ${storedColumns}
    FROM unnest($1::timestamptz[], $2::int[], $3::int[]) AS slot(at, first, last),
      LATERAL (
        SELECT * FROM packet_seen
        WHERE date_bin('256 seconds', seen_at, '1970-01-01Z') = slot.at
          AND seen_at >= slot.at AND seen_at < slot.at + interval '${SLOT_SECONDS} seconds'
          AND tuple = ANY(($4::bigint[])[slot.first:slot.last])
      ) AS seen JOIN channel ON channel.id = seen.channel`,
    [
      slots.map(([slot]) => new Date(slot * SLOT_MS)),
      slots.map(([, tuples], index) => (ends[index] ?? 0) - tuples.length + 1),
      ends,
      idArray(
        slots.flatMap(([, tuples]) => tuples),
        (tuple) => tuple,
      ),
    ],
  );
  const stored = new Map<TupleEvents, PacketEvent[]>();
  for (const row of found.rows) {
    const tuple = tupleAt(asked, parseId(row.tuple));
    const like = tuple?.events[0]?.key;
    if (tuple === undefined || like === undefined) continue;
    const event = eventOf(row, like);
    const events = stored.get(tuple);
    if (events === undefined) stored.set(tuple, [event]);
    else events.push(event);
  }
  return stored;
}

/** By halves: they are in key order. */
function tupleAt(tuples: readonly TupleEvents[], id: Pick<Id, 'hi' | 'lo'>): TupleEvents | undefined {
  let low = 0;
  let high = tuples.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const tuple = tuples[middle];
    if (tuple !== undefined && compareIds(tuple, id) < 0) low = middle + 1;
    else high = middle;
  }
  const tuple = tuples[low];
  return tuple !== undefined && compareIds(tuple, id) === 0 ? tuple : undefined;
}

/** `like` is an event of the same tuple, and so of the same source kind and reporter. */
export function eventOf(
  row: StoredRow,
  like: Pick<PacketEvent['key'], 'sourceKind' | 'reporter'>,
): PacketEvent {
  const key = {
    channel: parseId(row.channel),
    srcNs: parseId(row.src_ns),
    dstNs: parseId(row.dst_ns),
    sourceKind: like.sourceKind,
    reporter: like.reporter,
    verdict: row.verdict,
  };
  const amounts = {
    flows: row.flows ?? 0,
    connections: row.connections,
    bytes: row.bytes === null ? null : Number(row.bytes),
    packets: row.packets === null ? null : Number(row.packets),
  };
  const isDrop = (row.event & flagBits.drop) !== 0;
  return {
    atMs: Number(row.ms),
    event: row.event,
    key,
    cell: null,
    amounts,
    traces: isDrop ? tracesOf(row) : noTraces,
  };
}

function tracesOf(row: StoredRow): TraceIds {
  return {
    egress: idOrNull(row.egress),
    egressPending: idOrNull(row.egress_pending),
    ingress: idOrNull(row.ingress),
    ingressPending: idOrNull(row.ingress_pending),
  };
}

function idOrNull(text: string | null): Id | null {
  return text === null ? null : parseId(text);
}

const copyEventsSql = `/* ingest: packets */ COPY packet_seen (
  tuple, seen_at, channel, batch, bytes, packets, egress, egress_pending, ingress, ingress_pending,
  flows, connections, event, verdict, source_kind, reporter) FROM STDIN WITH (FORMAT binary)`;

const COLUMNS = 16;

const KEPT_COLUMNS = 8;

async function copyEvents(client: ClientBase, batch: Id, tuples: readonly TupleEvents[]): Promise<void> {
  const rows = createBinaryRows();
  for (const tuple of tuples) for (const event of tuple.events) addEvent(rows, batch, tuple, event);
  await copyBlocks(client, copyEventsSql, rows.finish());
}

function addEvent(rows: BinaryRows, batch: Id, tuple: TupleEvents, packet: PacketEvent): void {
  const { event, key } = packet;
  rows.row(COLUMNS);
  rows.id(tuple);
  rows.timestamp(packet.atMs);
  rows.id(key.channel);
  rows.id(batch);
  if ((event & flagBits.drop) === 0) rows.nulls(KEPT_COLUMNS);
  else addKept(rows, packet.amounts, packet.traces);
  rows.int2(event);
  rows.int2(key.verdict);
  rows.int2(key.sourceKind);
  rows.int2(key.reporter);
}

/** What a drop event added, so that it can be taken back. */
function addKept(rows: BinaryRows, amounts: Amounts, traces: TraceIds): void {
  for (const amount of [amounts.bytes, amounts.packets]) {
    if (amount === null) rows.nulls(1);
    else rows.int8(amount);
  }
  for (const id of [traces.egress, traces.egressPending, traces.ingress, traces.ingressPending]) {
    if (id === null) rows.nulls(1);
    else rows.id(id);
  }
  rows.int4(amounts.flows);
  if (amounts.connections === null) rows.nulls(1);
  else rows.int4(amounts.connections);
}
