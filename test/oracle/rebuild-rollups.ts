import type pg from 'pg';
import { judge, type Packet } from './packet-rules.ts';
import { type RawFlow, rawFlows } from './raw-flows.ts';

/** A row that is stored otherwise than the raw flows say; null where one side has no such row. */
export type RollupDifference = {
  readonly table: string;
  readonly key: string;
  readonly stored: string | null;
  readonly rebuilt: string | null;
};

/**
 * Counts every rollup again from the raw flows that a database holds, by the rules and without any code
 * of the product, and answers where the stored rows differ: none where all is right. It holds only while
 * no raw flow has been dropped by retention. `client` is connected as the owner.
 *
 * Of source_1m only `records` is in the raw flows; what was lost and sampled is not.
 */
export async function rebuildDifferences(client: pg.ClientBase): Promise<readonly RollupDifference[]> {
  const flows = await rawFlows(client);
  const minutes = countMinutes(flows);
  const latencies = countLatencies(flows);
  const differences = [
    ...compare('channel_1m', minutes, await storedCells(client, 'channel_1m')),
    ...compare('channel_1h', coarser(minutes, 3_600_000), await storedCells(client, 'channel_1h')),
    ...compare('channel_1d', coarser(minutes, 86_400_000), await storedCells(client, 'channel_1d')),
    ...compare('channel_trace_1h', countTraces(flows), await storedTraces(client)),
    ...compare('channel_latency_1m', latencies, await storedLatencies(client, 'channel_latency_1m')),
    ...compare(
      'channel_latency_1h',
      coarser(latencies, 3_600_000),
      await storedLatencies(client, 'channel_latency_1h'),
    ),
    ...compare(
      'channel_latency_1d',
      coarser(latencies, 86_400_000),
      await storedLatencies(client, 'channel_latency_1d'),
    ),
    ...compare('source_1m', countSources(flows), await storedSources(client)),
  ];
  return differences;
}

/** Rows by their key as text. */
type Rows = ReadonlyMap<string, readonly number[]>;

const isCounted = ({ flags }: RawFlow): boolean => (flags & (8 | 16 | 32)) === 0;

const isPacket = (flow: RawFlow): boolean => (flow.flags & 7) !== 0 && flow.tuple !== null;

/** records, flows, connections, connections_known, bytes, bytes_known, packets, packets_known */
function countMinutes(flows: readonly RawFlow[]): Rows {
  const rows = new Map<string, number[]>();
  const { openings, repeatedDrops } = judged(flows);
  for (const flow of flows) {
    if (!isCounted(flow) || repeatedDrops.has(flow)) continue;
    const opening = openings.has(flow) ? 1 : 0;
    const connections = isPacket(flow) && (flow.flags & 1) !== 0 ? opening : flow.connections;
    const known = [connections, flow.bytes, flow.packets].flatMap((amount) => [
      amount ?? 0,
      amount === null ? 0 : 1,
    ]);
    add(rows, cellKey(flow, 60_000), [1, flow.flows, ...known]);
  }
  return rows;
}

function cellKey(flow: RawFlow, bucketMs: number): string {
  const { channel, sourceKind, reporter, verdict, srcNs, dstNs } = flow;
  return [floor(flow.atMs, bucketMs), channel, sourceKind, reporter, verdict, srcNs, dstNs].join(' ');
}

function coarser(rows: Rows, bucketMs: number): Rows {
  const sums = new Map<string, number[]>();
  for (const [key, values] of rows) {
    const [bucket, ...rest] = key.split(' ');
    add(sums, [floor(Number(bucket), bucketMs), ...rest].join(' '), values);
  }
  return sums;
}

function countTraces(flows: readonly RawFlow[]): Rows {
  const rows = new Map<string, number[]>();
  const { repeatedDrops } = judged(flows);
  for (const flow of flows) {
    if (!isCounted(flow) || repeatedDrops.has(flow)) continue;
    const directions = [
      [1, flow.egress, flow.egressPending],
      [2, flow.ingress, flow.ingressPending],
    ] as const;
    for (const [direction, enforced, pending] of directions) {
      if (enforced === null && pending === null) continue;
      const { channel, sourceKind, verdict, srcNs, dstNs } = flow;
      const where = [floor(flow.atMs, 3_600_000), channel, sourceKind, direction, verdict];
      add(rows, [...where, enforced ?? 0, pending ?? 0, srcNs, dstNs].join(' '), [flow.flows]);
    }
  }
  for (const [key, [sum]] of rows) if (sum === 0) rows.delete(key);
  return rows;
}

/** measured, sum_us; a step ends below 10, 15, 20, 30, 50, 70, 100 … microseconds, and the last at 100 seconds. */
function countLatencies(flows: readonly RawFlow[]): Rows {
  const rows = new Map<string, number[]>();
  for (const flow of flows) {
    if (!isCounted(flow) || flow.latency === null) continue;
    const us = (flow.latency - (flow.latency % 4)) / 4;
    let step = 0;
    for (let ten = 10; ten < 100_000_000; ten *= 10) {
      for (const tenths of [10, 15, 20, 30, 50, 70]) if (us >= (ten * tenths) / 10) step += 1;
    }
    if (us >= 100_000_000) step += 1;
    const { channel, srcNs, dstNs } = flow;
    add(rows, [floor(flow.atMs, 60_000), channel, flow.latency % 4, step, srcNs, dstNs].join(' '), [1, us]);
  }
  return rows;
}

function countSources(flows: readonly RawFlow[]): Rows {
  const rows = new Map<string, number[]>();
  for (const { atMs, cluster, sourceKind, reporter } of flows) {
    add(rows, [floor(atMs, 60_000), cluster, sourceKind, reporter].join(' '), [1]);
  }
  return rows;
}

/** What of all flows opens, and what is logged twice: each 5-tuple of each reporter by itself. */
function judged(flows: readonly RawFlow[]): {
  readonly openings: ReadonlySet<RawFlow>;
  readonly repeatedDrops: ReadonlySet<RawFlow>;
} {
  const tuples = new Map<string, (Packet & { readonly flow: RawFlow })[]>();
  for (const flow of flows) {
    if (!isCounted(flow) || !isPacket(flow)) continue;
    const key = [flow.cluster, flow.sourceKind, flow.reporter, flow.tuple].join(' ');
    const packets = tuples.get(key) ?? [];
    packets.push(packetOf(flow));
    tuples.set(key, packets);
  }
  const openings = new Set<RawFlow>();
  const repeatedDrops = new Set<RawFlow>();
  for (const packets of tuples.values()) {
    const found = judge(packets);
    for (const { flow } of found.openings) openings.add(flow);
    for (const { flow } of found.repeatedDrops) repeatedDrops.add(flow);
  }
  return { openings, repeatedDrops };
}

function packetOf(flow: RawFlow): Packet & { readonly flow: RawFlow } {
  const isSyn = (flow.flags & 1) !== 0;
  const isDrop = (flow.flags & 4) !== 0;
  const connections = isSyn ? 0 : flow.connections;
  const { egress, egressPending, ingress, ingressPending } = flow;
  const added = [
    flow.flows,
    connections,
    flow.bytes,
    flow.packets,
    egress,
    egressPending,
    ingress,
    ingressPending,
  ];
  const denial = isDrop ? 'drop' : (flow.flags & 2) !== 0 ? 'verdict' : null;
  const rank = [flow.flags & 7, BigInt(flow.channel), flow.verdict, isDrop ? added.join('/') : ''] as const;
  return { flow, atMs: flow.atMs, isSyn, denial, rank };
}

function add(rows: Map<string, number[]>, key: string, values: readonly number[]): void {
  const sum = rows.get(key);
  if (sum === undefined) rows.set(key, [...values]);
  else for (const [at, value] of values.entries()) sum[at] = (sum[at] ?? 0) + value;
}

function floor(ms: number, stepMs: number): number {
  return Math.floor(ms / stepMs) * stepMs;
}

function compare(table: string, rebuilt: Rows, stored: Rows): readonly RollupDifference[] {
  const keys = [...new Set([...rebuilt.keys(), ...stored.keys()])].sort();
  return keys.flatMap((key) => {
    const is = stored.get(key)?.join(' ') ?? null;
    const ought = rebuilt.get(key)?.join(' ') ?? null;
    return is === ought ? [] : [{ table, key, stored: is, rebuilt: ought }];
  });
}

const bucketMs = '(extract(epoch FROM bucket) * 1000)::bigint';

async function storedCells(client: pg.ClientBase, table: string): Promise<Rows> {
  return await stored(
    client,
    `SELECT concat_ws(' ', ${bucketMs}, channel, source_kind, reporter, verdict, src_ns, dst_ns) AS key,
      ARRAY[records, flows, connections, connections_known, bytes, bytes_known, packets, packets_known]::float8[] AS counters
    FROM ${table}`,
  );
}

async function storedTraces(client: pg.ClientBase): Promise<Rows> {
  return await stored(
    client,
    `SELECT concat_ws(' ', ${bucketMs}, channel, source_kind, direction, verdict, enforced, pending, src_ns, dst_ns) AS key,
      ARRAY[flows]::float8[] AS counters FROM channel_trace_1h`,
  );
}

async function storedLatencies(client: pg.ClientBase, table: string): Promise<Rows> {
  return await stored(
    client,
    `SELECT concat_ws(' ', ${bucketMs}, channel, kind, step, src_ns, dst_ns) AS key,
      ARRAY[measured, sum_us]::float8[] AS counters FROM ${table}`,
  );
}

async function storedSources(client: pg.ClientBase): Promise<Rows> {
  return await stored(
    client,
    `SELECT concat_ws(' ', ${bucketMs}, cluster, source_kind, reporter) AS key, ARRAY[records]::float8[] AS counters
    FROM source_1m WHERE records > 0`,
  );
}

async function stored(client: pg.ClientBase, sql: string): Promise<Rows> {
  const { rows } = await client.query<{ readonly key: string; readonly counters: readonly number[] }>(sql);
  return new Map(rows.map(({ key, counters }) => [key, counters]));
}
