import type { ClientBase } from 'pg';

import { forgetRequest } from './request-ledger.ts';
import { subtractNodes } from './subtract-nodes.ts';
import { keepWritersOut, takeBack } from './take-back.ts';

export type UndoneBatch = {
  readonly id: string;
  readonly source: string;
  readonly cluster: string;
  readonly accepted: number;
  readonly rejected: number;
};

/** `gone`: the first batch of which single records are there no longer, so that nobody knows what it added. */
export type Undo =
  | { readonly kind: 'undone'; readonly batches: readonly UndoneBatch[] }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'gone'; readonly batch: UndoneBatch };

/**
 * Takes a batch back, or all of a run, in the caller's transaction: afterwards everything is as if it had
 * never come, and its input counts again when it is offered again. Where anything of it is gone nothing is
 * changed. A key stands for the whole of its input: all batches that came under it go together.
 */
export async function undoBatch(client: ClientBase, id: string): Promise<Undo> {
  await keepWritersOut(client);
  const batches = await batchesOf(client, id);
  if (batches.length === 0) return { kind: 'unknown' };
  for (const batch of batches)
    if (!(await isWhole(client, batch))) return { kind: 'gone', batch: shown(batch) };
  for (const batch of batches) {
    if (batch.accepted > 0) await takeBack(client, selectionOf(batch));
    await takeSourcesBack(client, batch);
    await subtractNodes(client, batch.id);
    await forget(client, batch);
  }
  return { kind: 'undone', batches: batches.map(shown) };
}

type BatchRow = UndoneBatch & {
  readonly named_cluster: string;
  readonly fingerprint: string | null;
  readonly first_at: Date | null;
  readonly last_at: Date | null;
};

function shown({ id, source, cluster, accepted, rejected }: BatchRow): UndoneBatch {
  return { id, source, cluster, accepted, rejected };
}

async function batchesOf(client: ClientBase, id: string): Promise<readonly BatchRow[]> {
  const { rows } = await client.query<BatchRow>(
    `/* undo: batches */
    WITH named AS (SELECT * FROM ingest_batch WHERE id = $1::bigint OR run = $1::bigint)
    SELECT id, source, cluster, accepted, rejected, named_cluster, fingerprint, first_at, last_at FROM ingest_batch
    WHERE id IN (SELECT id FROM named)
      -- Rejected lines of it that were accepted at a later try would count again with their input.
      OR retry_of IN (SELECT id FROM named)
      OR (named_cluster, fingerprint) IN (SELECT named_cluster, fingerprint FROM named WHERE fingerprint ~ '^key[:@]')
    ORDER BY committed_at DESC, id`,
    [id],
  );
  return rows;
}

function selectionOf({ id, first_at, last_at }: BatchRow) {
  const fromMs = first_at?.getTime() ?? 0;
  return { fromMs, toMs: (last_at?.getTime() ?? 0) + 1, sql: 'batch = $3::bigint', values: [id] };
}

/** Retention and purge take raw flows, and packets and deliveries with them: then there is nothing to subtract. */
async function isWhole(client: ClientBase, batch: BatchRow): Promise<boolean> {
  const { fromMs, toMs } = selectionOf(batch);
  const { rows } = await client.query<{ flows: number; events: number; packets: number; delivered: number }>(
    `/* undo: is all of it there */
    SELECT count(*)::int AS flows,
      count(*) FILTER (WHERE flags & 7 > 0 AND flags & 56 = 0
        AND num_nulls(client_address, server_address, client_port, server_port) = 0)::int AS events,
      (SELECT count(*)::int FROM packet_seen WHERE batch = $1 AND source_kind > 0 AND seen_at >= $2 AND seen_at < $3) AS packets,
      (SELECT coalesce(sum(records), 0)::int FROM batch_source WHERE batch = $1) AS delivered
    FROM flow WHERE batch = $1 AND started_at >= $2 AND started_at < $3`,
    [batch.id, new Date(fromMs), new Date(toMs)],
  );
  const [found] = rows;
  if (found === undefined) return false;
  const { flows, events, packets, delivered } = found;
  return flows === batch.accepted && delivered === batch.accepted && events === packets;
}

async function takeSourcesBack(client: ClientBase, { id }: BatchRow): Promise<void> {
  await client.query(
    `/* undo: sources */
    UPDATE source_1m AS old SET records = old.records - mine.records, lost_events = old.lost_events - mine.lost_events,
      sampling = coalesce((SELECT max(other.sampling) FROM batch_source AS other
        WHERE (other.bucket, other.cluster, other.source_kind, other.reporter)
          = (mine.bucket, mine.cluster, mine.source_kind, mine.reporter) AND other.batch <> mine.batch), 1)
    FROM batch_source AS mine
    WHERE mine.batch = $1 AND (old.bucket, old.cluster, old.source_kind, old.reporter)
      = (mine.bucket, mine.cluster, mine.source_kind, mine.reporter)`,
    [id],
  );
  await client.query(
    `/* undo: empty sources */
    DELETE FROM source_1m AS old USING batch_source AS mine
    WHERE mine.batch = $1 AND (old.bucket, old.cluster, old.source_kind, old.reporter)
      = (mine.bucket, mine.cluster, mine.source_kind, mine.reporter) AND old.records = 0 AND old.lost_events = 0`,
    [id],
  );
  await client.query('/* undo: delivered */ DELETE FROM batch_source WHERE batch = $1', [id]);
}

/** The ledger's row goes last of all: with it the input counts again. */
async function forget(client: ClientBase, { id, named_cluster, fingerprint }: BatchRow): Promise<void> {
  await client.query('/* undo: rejected */ DELETE FROM rejected_line WHERE batch = $1', [id]);
  if (fingerprint !== null) await forgetRequest(client, named_cluster, fingerprint);
  await client.query('/* undo: ledger */ DELETE FROM ingest_batch WHERE id = $1', [id]);
}
