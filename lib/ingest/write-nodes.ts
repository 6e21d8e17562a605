import type { ClientBase } from 'pg';

import { foldNodes, type NodeCell, nodeCells } from './node-cells.ts';
import { plainArray } from './pg-array.ts';
import type { SourceCells } from './source-cells.ts';

const MINUTES_PER_DAY = 1440;

/**
 * How many nodes a cluster has rows for in one day: the largest clusters that Kubernetes supports. Names
 * that change with every record would else fill the table.
 */
const MOST_NODES = 5_000;

/** What a batch added to source_node_10m, so that it can be taken back: see subtract-nodes.ts. */
export type NodeAddition = readonly [
  minute: number,
  cluster: string,
  sourceKind: number,
  node: string,
  records: number,
];

/** Adds what the nodes delivered, and answers it; null where no source of the batch tells its nodes. */
export async function writeNodes(
  client: ClientBase,
  sources: SourceCells,
  mostNodes = MOST_NODES,
): Promise<readonly NodeAddition[] | null> {
  const named = nodeCells(sources);
  if (named.length === 0) return null;
  const places = await findPlaces(client, named, mostNodes);
  const cells = foldNodes(named, (cell) => places.has(placeOf(cell)));
  await client.query(
    `/* ingest: source_node_10m */
    INSERT INTO source_node_10m AS old (bucket, cluster, source_kind, node, records, first_at, last_at)
    SELECT to_timestamp(minute * 60::float8), cluster, source_kind, node, records,
      to_timestamp(first_ms / 1000), to_timestamp(last_ms / 1000)
    FROM unnest($1::int[], $2::text[], $3::smallint[], $4::text[], $5::bigint[], $6::float8[], $7::float8[])
      AS new(minute, cluster, source_kind, node, records, first_ms, last_ms)
    ON CONFLICT (cluster, source_kind, node, bucket) DO UPDATE SET
      records = old.records + EXCLUDED.records,
      first_at = least(old.first_at, EXCLUDED.first_at),
      last_at = greatest(old.last_at, EXCLUDED.last_at)`,
    [
      plainArray(cells, (cell) => cell.minute),
      cells.map((cell) => cell.cluster),
      plainArray(cells, (cell) => cell.sourceKind),
      cells.map((cell) => cell.node),
      plainArray(cells, (cell) => cell.records),
      plainArray(cells, (cell) => cell.firstMs),
      plainArray(cells, (cell) => cell.lastMs),
    ],
  );
  return cells.map(({ minute, cluster, sourceKind, node, records }) => [
    minute,
    cluster,
    sourceKind,
    node,
    records,
  ]);
}

/** The nodes that have rows of their own on their day: first come, first served, up to the ceiling. */
async function findPlaces(
  client: ClientBase,
  cells: readonly NodeCell[],
  mostNodes: number,
): Promise<ReadonlySet<string>> {
  const wanted = [...new Map(cells.map((cell) => [placeOf(cell), cell])).values()];
  const places = await knownPlaces(client, wanted);
  const missing = wanted.filter((cell) => !places.has(placeOf(cell)));
  if (missing.length === 0) return places;
  await client.query(
    `/* ingest: source_node */
    INSERT INTO source_node (cluster, day, node)
    SELECT cluster, day, node FROM (
      SELECT new.cluster, date '1970-01-01' + new.day AS day, new.node,
        row_number() OVER (PARTITION BY new.cluster, new.day ORDER BY new.node)
          + (SELECT count(*) FROM source_node AS old
             WHERE old.cluster = new.cluster AND old.day = date '1970-01-01' + new.day) AS place
      FROM unnest($1::text[], $2::int[], $3::text[]) AS new(cluster, day, node)
    ) AS numbered
    WHERE place <= $4
    ORDER BY cluster, day, node
    ON CONFLICT DO NOTHING`,
    [...columnsOf(missing), mostNodes],
  );
  // Another writer may have taken a place for the same node meanwhile: that is as good.
  for (const place of await knownPlaces(client, missing)) places.add(place);
  return places;
}

async function knownPlaces(client: ClientBase, cells: readonly NodeCell[]): Promise<Set<string>> {
  const known = await client.query<{ cluster: string; day: number; node: string }>(
    `/* ingest: known nodes */
    SELECT cluster, new.day, node
    FROM unnest($1::text[], $2::int[], $3::text[]) AS new(cluster, day, node)
    JOIN source_node AS old USING (cluster, node) WHERE old.day = date '1970-01-01' + new.day`,
    columnsOf(cells),
  );
  return new Set(known.rows.map(({ cluster, day, node }) => `${day}/${cluster}\0${node}`));
}

function columnsOf(cells: readonly NodeCell[]): unknown[] {
  return [cells.map((cell) => cell.cluster), plainArray(cells, dayOf), cells.map((cell) => cell.node)];
}

function dayOf({ minute }: NodeCell): number {
  return Math.floor(minute / MINUTES_PER_DAY);
}

function placeOf(cell: NodeCell): string {
  return `${dayOf(cell)}/${cell.cluster}\0${cell.node}`;
}
