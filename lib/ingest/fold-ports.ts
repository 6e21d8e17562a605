import type { Pool } from 'pg';
import { portCode } from '#lib/db/codes.ts';

import type { Batch } from './batch.ts';
import { type ChannelEntry, newChannel, type Pair, pairKey } from './dimension-entries.ts';
import { MOST_PORTS } from './dimensions.ts';
import type { ChannelFold } from './fold.ts';
import { plainArray } from './pg-array.ts';

const MINUTES_PER_HOUR = 60;

/** Whose ports: two endpoints, a protocol, an hour since the epoch. */
type PortSet = {
  readonly hour: number;
  readonly any: ChannelEntry;
  /** What the batch brings, by channel. */
  readonly flows: Map<ChannelEntry, number>;
};

/**
 * Folds the ports of an hour beyond the 64th into `other`. Ports that are stored stay; of the batch's new
 * ones the busiest do. `before` settles once the batch before this one is committed.
 */
export async function foldPorts(
  pool: Pool,
  batch: Batch,
  before: Promise<void>,
): Promise<readonly ChannelFold[]> {
  const pairs = await findWidePairs(pool, batch);
  if (pairs.size === 0) return [];
  const sets = portSets(batch, pairs);
  if (sets.length === 0) return [];
  await before;
  const stored = await storedPorts(pool, sets);
  const folds: ChannelFold[] = [];
  for (const set of sets) {
    const known = stored.get(nameOf(set)) ?? new Set();
    const added = [...set.flows.keys()].filter(({ port }) => !known.has(port)).sort(byFlows(set.flows));
    const room = Math.max(0, MOST_PORTS - known.size);
    if (added.length <= room) continue;
    const to = otherPorts(set.any);
    for (const { id } of added.slice(room)) folds.push({ from: id, hour: set.hour, to });
  }
  return folds;
}

/** Pairs with more channels than an hour may have. Only one that has a new channel can have become so. */
async function findWidePairs(pool: Pool, { dimensions, widePairs }: Batch): Promise<ReadonlySet<Pair>> {
  const fresh = new Map<string, { readonly any: ChannelEntry; count: number }>();
  for (const channel of dimensions.channels) {
    const key = pairKey(channel.client, channel.server, channel.protocol);
    const pair = fresh.get(key);
    if (pair === undefined) fresh.set(key, { any: channel, count: 1 });
    else pair.count += 1;
  }
  const asked = [...fresh.values()].filter(({ any }) => !any.pair.isWide);
  const counts =
    asked.length === 0
      ? []
      : await storedCounts(
          pool,
          asked.map(({ any }) => any),
        );
  for (const [index, { any, count }] of asked.entries()) {
    if ((counts[index] ?? 0) + count > MOST_PORTS) any.pair.isWide = true;
  }
  const wide = new Set(widePairs);
  for (const { any } of fresh.values()) if (any.pair.isWide) wide.add(any.pair);
  return wide;
}

async function storedCounts(pool: Pool, channels: readonly ChannelEntry[]): Promise<readonly number[]> {
  const found = await pool.query<{ count: number }>(
    `/* ingest: channels of a pair */
    SELECT (SELECT count(*)::int FROM channel WHERE channel.source = pair.source
      AND channel.destination = pair.destination AND channel.protocol = pair.protocol) AS count
    FROM unnest($1::bigint[], $2::bigint[], $3::text[]) WITH ORDINALITY AS pair(source, destination, protocol, place)
    ORDER BY place`,
    pairColumns(channels),
  );
  return found.rows.map(({ count }) => count);
}

function portSets(batch: Batch, pairs: ReadonlySet<Pair>): readonly PortSet[] {
  const channels = new Map([...pairs].flatMap((pair) => pair.channels.map((one) => [one.id.text, one])));
  const sets = new Map<string, PortSet>();
  for (const cell of batch.cells) {
    const channel = channels.get(cell.channel.text);
    if (channel === undefined || channel.port === portCode.other) continue;
    const hour = Math.floor(cell.minute / MINUTES_PER_HOUR);
    const name = nameOf({ any: channel, hour });
    const set = sets.get(name) ?? { hour, any: channel, flows: new Map<ChannelEntry, number>() };
    sets.set(name, set);
    set.flows.set(channel, (set.flows.get(channel) ?? 0) + cell.flows);
  }
  return [...sets.values()];
}

async function storedPorts(
  pool: Pool,
  sets: readonly PortSet[],
): Promise<ReadonlyMap<string, ReadonlySet<number>>> {
  const found = await pool.query<{ place: string; ports: readonly number[] }>(
    `/* ingest: ports of an hour */
    SELECT place, array_agg(DISTINCT channel.port) AS ports
    FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::int[]) WITH ORDINALITY
        AS asked(source, destination, protocol, hour, place)
      JOIN channel USING (source, destination, protocol)
      JOIN channel_1h AS counted
        ON counted.channel = channel.id AND counted.bucket = to_timestamp(asked.hour * 3600::float8)
    WHERE channel.port <> $5
    GROUP BY place`,
    [...pairColumns(sets.map(({ any }) => any)), plainArray(sets, ({ hour }) => hour), portCode.other],
  );
  const ports = new Map<string, ReadonlySet<number>>();
  for (const row of found.rows) {
    const set = sets[Number(row.place) - 1];
    if (set !== undefined) ports.set(nameOf(set), new Set(row.ports));
  }
  return ports;
}

function otherPorts({ client, server, protocol, pair }: ChannelEntry): ChannelEntry {
  const known = pair.channels.find(({ port }) => port === portCode.other);
  if (known !== undefined) return known;
  const other = newChannel(client, server, protocol, portCode.other, pair);
  pair.channels.push(other);
  return other;
}

function byFlows(flows: ReadonlyMap<ChannelEntry, number>): (a: ChannelEntry, b: ChannelEntry) => number {
  return (a, b) => (flows.get(b) ?? 0) - (flows.get(a) ?? 0) || a.port - b.port;
}

function nameOf({ any, hour }: Pick<PortSet, 'any' | 'hour'>): string {
  return `${pairKey(any.client, any.server, any.protocol)}@${hour}`;
}

function pairColumns(channels: readonly ChannelEntry[]): [string, string, string[]] {
  return [
    plainArray(channels, ({ client }) => client.id.text),
    plainArray(channels, ({ server }) => server.id.text),
    channels.map(({ protocol }) => protocol),
  ];
}
