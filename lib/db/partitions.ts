import type { OwnerSession } from '#lib/db/owner-session.ts';
import type { Retention } from '#lib/kit/retention.ts';

/** A partition and the time from which its age runs: the later of its end and its last ingest. */
export type Partition = {
  readonly parent: PartitionedTable;
  readonly name: string;
  readonly from: Date;
  readonly to: Date;
};

/** What each table's age is. Packets and what batches delivered are only good beside the raw rows. */
export const keptAs = {
  flow: 'raw',
  batch_source: 'raw',
  packet_seen: 'raw',
  channel_1m: '1m',
  channel_latency_1m: '1m',
  channel_1h: '1h',
  channel_trace_1h: '1h',
  channel_latency_1h: '1h',
  channel_1d: '1d',
  channel_latency_1d: '1d',
  source_1m: '1d',
} as const satisfies Readonly<Record<string, keyof Retention>>;

export type PartitionedTable = keyof typeof keptAs;

const partitionedTables = Object.keys(keptAs).filter(isPartitioned);

function isPartitioned(name: string): name is PartitionedTable {
  return Object.hasOwn(keptAs, name);
}

type Row = { readonly parent: string; readonly name: string; readonly from_at: Date; readonly to_at: Date };

/** The partitions there are, oldest first. */
export async function listPartitions(session: OwnerSession): Promise<readonly Partition[]> {
  return (
    await session.ask<Row>(`/* flowloom:partitions */ ${partitionsSql} ORDER BY wanted.from_at, wanted.name`)
  ).flatMap(read);
}

/** Those whose age is over, and that have not been cleared of all but what the kept clusters have in them. */
export async function duePartitions(
  session: OwnerSession,
  retention: Retention,
  only: string | null = null,
): Promise<readonly Partition[]> {
  const ages = partitionedTables.map((parent) => retention[keptAs[parent]] / 1000);
  const rows = await session.ask<Row>(
    // Packets are asked for by those of the days beside them, and stay until the raw rows of these are gone.
    `/* flowloom:due-partitions */ SELECT p.* FROM (${partitionsSql}) AS p
     JOIN unnest($1::text[], $2::float8[]) AS age (parent, seconds) USING (parent)
     CROSS JOIN LATERAL (SELECT CASE WHEN parent = 'packet_seen' THEN interval '1 day' ELSE interval '0' END AS beside) AS reach
     CROSS JOIN LATERAL (
       SELECT greatest(p.to_at + beside, max(last_ingest) + interval '5 minutes') AS runs_from FROM ingest_day
       WHERE day::timestamp AT TIME ZONE 'UTC' >= p.from_at - beside AND day::timestamp AT TIME ZONE 'UTC' < p.to_at + beside
     ) AS age_of
     WHERE runs_from + make_interval(secs => age.seconds) <= now() AND ($3::text IS NULL OR p.name = $3)
       AND NOT EXISTS (SELECT FROM dropped_partition AS cleared WHERE cleared.parent = p.parent
         AND cleared.from_at = p.from_at AND cleared.dropped_at > runs_from
         AND cleared.kept <> '{}' AND cleared.kept = ARRAY(SELECT name FROM kept_cluster ORDER BY 1))
     ORDER BY array_position($1::text[], p.parent), p.from_at`,
    [partitionedTables, ages, only],
  );
  return rows.flatMap(read);
}

const partitionsSql = `
  SELECT wanted.* FROM pg_inherits
  JOIN pg_class AS child ON child.oid = inhrelid
  CROSS JOIN LATERAL partitions_of(to_date(substring(child.relname FROM '_([0-9]{8})$'), 'YYYYMMDD')) AS wanted
  JOIN pg_class AS p ON p.oid = inhparent
  WHERE wanted.name = child.relname AND wanted.parent = p.relname`;

function read({ parent, name, from_at, to_at }: Row): readonly Partition[] {
  return isPartitioned(parent) ? [{ parent, name, from: from_at, to: to_at }] : [];
}
