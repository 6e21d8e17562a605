import type { ClientBase, Pool } from 'pg';
import { portCode } from '#lib/db/codes.ts';

import type { Batch } from './batch.ts';
import {
  type ChannelEntry,
  type EndpointEntry,
  type NamespaceEntry,
  type NewDimensions,
  newChannel,
  newEndpoint,
} from './dimension-entries.ts';
import type { ChannelFold, Folds } from './fold.ts';
import type { Id } from './id63.ts';
import { plainArray } from './pg-array.ts';

/**
 * What one collector may add to a dimension on one day of arrival. Far above what an estate of a thousand
 * namespaces brings; a collector that invents names meets it within the hour.
 */
export const ceilings = {
  namespace: 2_000,
  endpoint: 20_000,
  pod: 200_000,
  channel: 200_000,
  policy_trace: 20_000,
  label_set: 50_000,
} as const;

export type Dimension = keyof typeof ceilings;
export type Ceilings = Readonly<Record<Dimension, number>>;

/** Whose growth: a collector is known by its cluster and kind. */
export type Collector = { readonly cluster: string; readonly sourceKind: number };

/** No Kubernetes name: what stands for all endpoints of one kind and namespace beyond the ceiling. */
const MANY = '*';

export type Newcomers = Omit<Folds, 'channels'> & {
  readonly channels: readonly ChannelFold[];
  readonly counts: ReadonlyMap<Dimension, number>;
};

/**
 * Takes what is beyond the ceilings out of a batch's new dimensions and says where its records go instead.
 * A day's first batches never ask more than one short question here.
 */
export async function foldNewcomers(
  pool: Pool,
  { dimensions }: Batch,
  { cluster, sourceKind }: Collector,
  limits: Ceilings,
): Promise<Newcomers> {
  const lists = listsOf(dimensions);
  const counts = new Map<Dimension, number>();
  const tooMany = new Set<object>();
  if (Object.values(lists).some((list) => list.length > 0)) {
    const added = await growth(pool, cluster, sourceKind);
    for (const dimension of dimensionNames) {
      const room = limits[dimension] - (added.get(dimension) ?? 0);
      const list = lists[dimension];
      if (list.length <= room) continue;
      const known = await stored(pool, dimension, list);
      const beyond = list.filter(({ id }) => !known.has(id.text)).slice(Math.max(0, room));
      if (beyond.length > 0) counts.set(dimension, beyond.length);
      for (const entry of beyond) tooMany.add(entry);
    }
  }
  return { ...takeOut(dimensions, tooMany), counts };
}

const dimensionNames = Object.keys(ceilings) as readonly Dimension[];

type Entry = { readonly id: Id };

function listsOf(fresh: NewDimensions): Readonly<Record<Dimension, readonly Entry[]>> {
  return {
    namespace: fresh.namespaces,
    endpoint: fresh.endpoints,
    pod: fresh.pods,
    channel: fresh.channels,
    policy_trace: fresh.traces,
    label_set: fresh.labelSets,
  };
}

async function growth(pool: Pool, cluster: string, sourceKind: number): Promise<ReadonlyMap<string, number>> {
  const found = await pool.query<{ dimension: string; added: string }>(
    `/* ingest: growth */
    SELECT dimension, added FROM dimension_growth
    WHERE day = (now() AT TIME ZONE 'UTC')::date AND cluster = $1 AND source_kind = $2`,
    [cluster, sourceKind],
  );
  return new Map(found.rows.map((row) => [row.dimension, Number(row.added)]));
}

async function stored(pool: Pool, table: Dimension, list: readonly Entry[]): Promise<ReadonlySet<string>> {
  const found = await pool.query<{ id: string }>(
    `/* ingest: known of ${table} */ SELECT id FROM ${table} WHERE id = ANY($1::bigint[])`,
    [plainArray(list, ({ id }) => id.text)],
  );
  return new Set(found.rows.map(({ id }) => id));
}

function takeOut(fresh: NewDimensions, tooMany: ReadonlySet<object>): Omit<Newcomers, 'counts'> {
  if (tooMany.size === 0) return { channels: [], pods: [], traces: [] };
  const coarse = coarseEntries(fresh);
  const isOut = (entry: EndpointEntry): boolean =>
    tooMany.has(entry) || (entry.namespace !== null && tooMany.has(entry.namespace));
  const channels: ChannelFold[] = [];
  for (const channel of [...fresh.channels]) {
    const { client, server, protocol, port } = channel;
    const isChannelOut = tooMany.has(channel);
    if (!isChannelOut && !isOut(client) && !isOut(server)) continue;
    const from = isChannelOut || isOut(client) ? coarse.endpoint(client, tooMany) : client;
    const to = isChannelOut || isOut(server) ? coarse.endpoint(server, tooMany) : server;
    // A coarse channel per port would grow as fast as what it stands for.
    const target = coarse.channel(from, to, protocol, isChannelOut ? portCode.other : port);
    channels.push({ from: channel.id, hour: null, to: target });
  }
  const outNamespaces = new Set(
    fresh.namespaces.filter((entry) => tooMany.has(entry)).map(({ id }) => id.text),
  );
  const pods = fresh.pods.filter((pod) => tooMany.has(pod) || outNamespaces.has(pod.namespaceId.text));
  const traces = fresh.traces.filter((trace) => tooMany.has(trace));
  const gone = new Set<object>([...tooMany, ...pods]);
  const goneChannels = new Set(channels.map(({ from }) => from.text));
  keep(fresh.endpointLabels, ({ endpoint, labelSet }) => !isOut(endpoint) && !tooMany.has(labelSet));
  keep(fresh.channels, ({ id }) => !goneChannels.has(id.text));
  keep(fresh.endpoints, (entry) => !isOut(entry));
  for (const list of [fresh.namespaces, fresh.pods, fresh.traces, fresh.labelSets] as Entry[][])
    keep(list, (entry) => !gone.has(entry));
  coarse.add();
  return { channels, pods: pods.map(({ id }) => id), traces: traces.map(({ id }) => id) };
}

/** What stands for many, made once per batch and written with it. */
function coarseEntries(fresh: NewDimensions) {
  const endpoints = new Map<string, EndpointEntry>();
  const channels = new Map<string, ChannelEntry>();

  function endpoint(of: EndpointEntry, tooMany: ReadonlySet<object>): EndpointEntry {
    // Without its namespace an end is of no known kind: it must not look like a host or a network.
    const namespace: NamespaceEntry | null =
      of.namespace === null || tooMany.has(of.namespace) ? null : of.namespace;
    const kind = of.namespace !== null && namespace === null ? 'unknown' : of.kindName;
    const key = `${of.cluster}\0${kind}\0${namespace?.name ?? ''}`;
    const known = endpoints.get(key);
    if (known !== undefined) return known;
    const made = newEndpoint(of.cluster, kind, namespace, MANY, null);
    endpoints.set(key, made);
    return made;
  }

  function channel(
    client: EndpointEntry,
    server: EndpointEntry,
    protocol: string,
    port: number,
  ): ChannelEntry {
    const made = newChannel(client, server, protocol, port, { channels: [], isWide: false });
    const known = channels.get(made.id.text);
    if (known !== undefined) return known;
    channels.set(made.id.text, made);
    return made;
  }

  function add(): void {
    fresh.endpoints.push(...endpoints.values());
    fresh.channels.push(...channels.values());
  }

  return { endpoint, channel, add };
}

function keep<T>(list: T[], isKept: (entry: T) => boolean): void {
  list.splice(0, list.length, ...list.filter(isKept));
}

/** Whose names a batch brings, and how many of them the guards folded. */
export type Growth = { readonly collector: Collector; readonly folded: ReadonlyMap<string, number> };

/** Counts what a batch added; last in the transaction that writes its dimensions. */
export async function noteGrowth(
  client: ClientBase,
  { collector: { cluster, sourceKind }, folded }: Growth,
  added: ReadonlyMap<string, number>,
): Promise<void> {
  const names = [...new Set([...added.keys(), ...folded.keys()])]
    .filter((name) => (added.get(name) ?? 0) + (folded.get(name) ?? 0) > 0)
    .sort();
  if (names.length === 0) return;
  await client.query(
    `/* ingest: note growth */
    INSERT INTO dimension_growth AS old (day, cluster, source_kind, dimension, added, folded)
    SELECT (now() AT TIME ZONE 'UTC')::date, $1, $2, dimension, added, folded
    FROM unnest($3::text[], $4::bigint[], $5::bigint[]) AS new(dimension, added, folded)
    ON CONFLICT (day, cluster, source_kind, dimension) DO UPDATE SET
      added = old.added + EXCLUDED.added, folded = old.folded + EXCLUDED.folded`,
    [
      cluster,
      sourceKind,
      names,
      plainArray(names, (name) => added.get(name) ?? 0),
      plainArray(names, (name) => folded.get(name) ?? 0),
    ],
  );
}
