import type { ClientBase, Pool } from 'pg';

import type { NewDimensions } from './dimension-entries.ts';
import { markStored } from './dimension-entries.ts';
import { type Growth, noteGrowth } from './fold-newcomers.ts';
import { compareIds, type Id } from './id63.ts';
import { plainArray } from './pg-array.ts';
import { inTransaction } from './transaction.ts';

/** Two natural keys with one id. The only way out is a longer id, so say which two they are. */
class IdCollision extends Error {}

const DAY_SECONDS = 86_400;

/**
 * Maintenance removes names that no fact uses and that nobody has written for two days. That cannot meet a
 * writer that is about to use one: whoever writes a name makes it younger than half a day first (the row's
 * lock makes a removal under way look again), a writer remembers what it wrote for six hours at most and
 * then writes it again, and no batch commits under a memory older than a day (write-batch.ts).
 */
const REFRESHED_AFTER = "interval '12 hours'";

/**
 * Commits the dimensions of a batch before its facts, sorted by id so that writers cannot wait for one
 * another in a circle, and checks that what is stored under an id is what it was made from. What stays
 * without a fact is harmless. `growth` says whose they are; null writes names again that were noted before.
 */
export async function writeDimensions(
  pool: Pool,
  fresh: NewDimensions,
  growth: Growth | null,
): Promise<void> {
  if (Object.values(fresh).every((list) => list.length === 0)) return;
  await inTransaction(pool, async (client) => {
    const added = new Map<string, number>();
    added.set('namespace', await writeNamespaces(client, fresh));
    added.set('endpoint', await writeEndpoints(client, fresh));
    added.set('pod', await writePods(client, fresh));
    added.set('channel', await writeChannels(client, fresh));
    added.set('policy_trace', await writeTraces(client, fresh));
    added.set('label_set', await writeLabels(client, fresh));
    if (growth !== null) await noteGrowth(client, growth, added);
  });
  markStored(fresh);
}

async function writeNamespaces(client: ClientBase, { namespaces }: NewDimensions): Promise<number> {
  const rows = sorted(namespaces);
  return await insert(client, 'namespace', rows.length, {
    rows: 'unnest($1::bigint[], $2::text[], $3::text[]) AS new(id, cluster, name)',
    onConflict: 'NOTHING',
    isOther: '(stored.cluster, stored.name) IS DISTINCT FROM (new.cluster, new.name)',
    values: [ids(rows), rows.map((row) => row.cluster), rows.map((row) => row.name)],
  });
}

async function writeEndpoints(client: ClientBase, { endpoints }: NewDimensions): Promise<number> {
  const rows = sorted(endpoints);
  return await insert(client, 'endpoint', rows.length, {
    rows: `unnest($1::bigint[], $2::text[], $3::smallint[], $4::bigint[], $5::text[], $6::text[])
      AS new(id, cluster, kind, namespace, name, workload_kind)`,
    // The kind of a workload is no part of its identity and may become known later.
    onConflict: `UPDATE SET workload_kind = EXCLUDED.workload_kind
      WHERE stored.workload_kind IS NULL AND EXCLUDED.workload_kind IS NOT NULL`,
    isOther: `(stored.cluster, stored.kind, stored.namespace, stored.name)
      IS DISTINCT FROM (new.cluster, new.kind, new.namespace, new.name)`,
    values: [
      ids(rows),
      rows.map((row) => row.cluster),
      plainArray(rows, (row) => row.kind),
      plainArray(rows, (row) => row.namespaceId.text),
      rows.map((row) => row.name),
      rows.map((row) => row.workloadKind),
    ],
  });
}

async function writePods(client: ClientBase, { pods }: NewDimensions): Promise<number> {
  const rows = sorted(pods);
  return await insert(client, 'pod', rows.length, {
    rows: 'unnest($1::bigint[], $2::bigint[], $3::text[]) AS new(id, namespace, name)',
    onConflict: 'NOTHING',
    isOther: '(stored.namespace, stored.name) IS DISTINCT FROM (new.namespace, new.name)',
    values: [ids(rows), plainArray(rows, (row) => row.namespaceId.text), rows.map((row) => row.name)],
  });
}

async function writeChannels(client: ClientBase, { channels }: NewDimensions): Promise<number> {
  const rows = sorted(channels);
  return await insert(client, 'channel', rows.length, {
    rows: `unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::int[], $6::bigint[], $7::bigint[])
      AS new(id, source, destination, protocol, port, src_ns, dst_ns)`,
    onConflict: 'NOTHING',
    isOther: `(stored.source, stored.destination, stored.protocol, stored.port)
      IS DISTINCT FROM (new.source, new.destination, new.protocol, new.port)`,
    values: [
      ids(rows),
      plainArray(rows, (row) => row.client.id.text),
      plainArray(rows, (row) => row.server.id.text),
      rows.map((row) => row.protocol),
      plainArray(rows, (row) => row.port),
      plainArray(rows, (row) => row.client.namespaceId.text),
      plainArray(rows, (row) => row.server.namespaceId.text),
    ],
  });
}

async function writeTraces(client: ClientBase, { traces }: NewDimensions): Promise<number> {
  const rows = sorted(traces);
  return await insert(client, 'policy_trace', rows.length, {
    rows: 'unnest($1::bigint[], $2::jsonb[]) AS new(id, hits)',
    onConflict: 'NOTHING',
    isOther: 'stored.hits IS DISTINCT FROM new.hits',
    values: [ids(rows), rows.map((row) => row.hits)],
  });
}

async function writeLabels(
  client: ClientBase,
  { labelSets, endpointLabels }: NewDimensions,
): Promise<number> {
  const sets = sorted(labelSets);
  const added = await insert(client, 'label_set', sets.length, {
    // An array of arrays would have to be rectangular: lists travel as JSON.
    rows: `(SELECT id, ARRAY(SELECT jsonb_array_elements_text(list)) FROM unnest($1::bigint[], $2::jsonb[]) AS raw(id, list))
      AS new(id, labels)`,
    onConflict: 'NOTHING',
    isOther: 'stored.labels IS DISTINCT FROM new.labels',
    values: [ids(sets), sets.map((row) => JSON.stringify(row.labels))],
  });
  if (endpointLabels.length === 0) return added;
  const rows = endpointLabels.toSorted(
    (a, b) =>
      compareIds(a.endpoint.id, b.endpoint.id) || a.day - b.day || compareIds(a.labelSet.id, b.labelSet.id),
  );
  await client.query(
    `/* ingest: endpoint labels */
    INSERT INTO endpoint_labels (endpoint, valid_from, label_set)
    SELECT endpoint, to_timestamp(seconds), label_set
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS new(endpoint, seconds, label_set)
    ON CONFLICT DO NOTHING`,
    [
      plainArray(rows, (row) => row.endpoint.id.text),
      plainArray(rows, (row) => row.day * DAY_SECONDS),
      plainArray(rows, (row) => row.labelSet.id.text),
    ],
  );
  return added;
}

type Insert = {
  /** A FROM item named `new`, its columns in the order of the table's. */
  readonly rows: string;
  readonly onConflict: string;
  readonly isOther: string;
  readonly values: readonly (string | readonly (string | null)[])[];
};

/** Answers how many rows are new. */
async function insert(client: ClientBase, table: string, count: number, question: Insert): Promise<number> {
  if (count === 0) return 0;
  const { rows, onConflict, isOther, values } = question;
  await client.query(
    `/* ingest: refresh ${table} */
    UPDATE ${table} AS old SET written_at = now()
    FROM (SELECT id FROM ${table} WHERE id = ANY($1::bigint[]) AND written_at < now() - ${REFRESHED_AFTER}
      ORDER BY id FOR UPDATE) AS aged
    WHERE old.id = aged.id`,
    [values[0]],
  );
  const added = await client.query<{ count: number }>(
    `/* ingest: ${table} */
    WITH written AS (
      INSERT INTO ${table} AS stored SELECT new.* FROM ${rows} ON CONFLICT (id) DO ${onConflict}
      RETURNING xmax = 0 AS is_new
    ) SELECT count(*) FILTER (WHERE is_new)::int AS count FROM written`,
    [...values],
  );
  const others = await client.query<{ id: string; stored: string; given: string }>(
    `/* ingest: check ${table} */
    SELECT new.id, to_jsonb(stored)::text AS stored, to_jsonb(new)::text AS given
    FROM ${rows} JOIN ${table} AS stored ON stored.id = new.id WHERE ${isOther} LIMIT 1`,
    [...values],
  );
  const other = others.rows[0];
  if (other === undefined) return added.rows[0]?.count ?? 0;
  throw new IdCollision(
    `${table} ${other.id} is stored for ${other.stored} and would also stand for ${other.given}`,
  );
}

function sorted<T extends { readonly id: Id }>(rows: readonly T[]): readonly T[] {
  return rows.toSorted((a, b) => compareIds(a.id, b.id));
}

function ids(rows: readonly { readonly id: Id }[]): string {
  return plainArray(rows, (row) => row.id.text);
}
