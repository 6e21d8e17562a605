import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';
import { codeOf } from '#lib/db/codes.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { Batch } from './batch.ts';
import { plainArray } from './pg-array.ts';
import { lastEndMs } from './source-cells.ts';
import type { NodeAddition } from './write-nodes.ts';

/** The bytes of one input that a batch stands for, after decompression. */
export type ByteRange = {
  readonly from: number;
  readonly to: number;
  readonly contentHash: string;
};

export type BatchEntry = {
  /** Names one run of the command or one request. */
  readonly run: string;
  readonly namedCluster: string | null;
  readonly cluster: string;
  /** What a person would call the input. */
  readonly source: string;
  /** Content fingerprint or client's key; null for an input that cannot be known again. */
  readonly identity: string | null;
  readonly sourceKind: SourceKind | null;
  /** null where nothing could be read: the bytes are tried again next time. */
  readonly range: ByteRange | null;
  readonly lines: { readonly from: number; readonly to: number };
  /** The batch whose rejected lines these were. */
  readonly retryOf: string | null;
};

/** Another process committed the same bytes; the lock on the input should have made this impossible. */
export class AlreadyCommitted extends Error {}

/** The row that makes a batch count once, and what it rejected. */
export async function writeLedger(
  client: ClientBase,
  batch: Batch,
  entry: BatchEntry,
  nodes: readonly NodeAddition[] | null,
): Promise<void> {
  const { counts, span } = batch;
  const written = await client.query<{ id: string }>(
    `/* ingest: ledger */
    INSERT INTO ingest_batch AS old (id, run, cluster, named_cluster, key, source_kind, source, fingerprint, byte_from,
      byte_to, line_from, line_to, content_hash, accepted, rejected, ignored, reasons, lost_events, sampling,
      first_at, last_at, ended_at, nodes, retry_of)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19,
      to_timestamp($20::float8 / 1000), to_timestamp($21::float8 / 1000), to_timestamp($22::float8 / 1000), $23, $24)
    ON CONFLICT (named_cluster, key) DO UPDATE SET run = EXCLUDED.run, committed_at = EXCLUDED.committed_at
      WHERE old.byte_to IS NULL
    RETURNING id`,
    [
      batch.id.text,
      entry.run,
      entry.cluster,
      entry.namedCluster ?? '',
      keyOf(batch, entry),
      entry.sourceKind === null ? null : codeOf('sourceKind', entry.sourceKind),
      entry.source,
      entry.identity,
      entry.range?.from ?? null,
      entry.range?.to ?? null,
      entry.lines.from,
      entry.lines.to,
      entry.range?.contentHash ?? null,
      counts.accepted,
      counts.rejected,
      counts.ignored,
      JSON.stringify(Object.fromEntries(batch.reasons)),
      counts.lostEvents,
      batch.sampling,
      counts.accepted > 0 ? span.firstMs : null,
      counts.accepted > 0 ? span.lastMs : null,
      counts.accepted > 0 ? lastEndMs(batch.sources) : null,
      nodes === null ? null : JSON.stringify(nodes),
      entry.retryOf,
    ],
  );
  const id = written.rows[0]?.id;
  if (id === undefined)
    throw new AlreadyCommitted(`${entry.source}: another process has ingested these bytes`);
  // Under another id these lines were kept by an earlier run.
  if (id === batch.id.text && batch.rejected.length > 0) await writeRejected(client, batch, entry.source);
}

async function writeRejected(client: ClientBase, batch: Batch, source: string): Promise<void> {
  const { rejected } = batch;
  await client.query(
    `/* ingest: rejected lines */
    INSERT INTO rejected_line (batch, byte_from, line, source, code, field, message, content, length)
    SELECT $1, byte_from, line, $2, code, field, message, content, length
    FROM unnest($3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::bytea[], $9::bigint[])
      AS new(byte_from, line, code, field, message, content, length)
    ON CONFLICT DO NOTHING`,
    [
      batch.id.text,
      source,
      plainArray(rejected, (row) => row.from),
      plainArray(rejected, (row) => row.line),
      rejected.map((row) => row.error.code),
      rejected.map((row) => storable(row.error.field)),
      rejected.map((row) => storable(row.error.message)),
      rejected.map((row) => row.content),
      plainArray(rejected, (row) => row.length),
    ],
  );
}

/** A message may quote the line, and the line may hold what Postgres cannot. */
export function storable(text: string | null): string | null {
  return text === null ? null : text.replaceAll('\0', '\u2400').toWellFormed();
}

/**
 * What may exist once. Without an identity every batch is its own; bytes that could not be read are known
 * by what was rejected, so that reading them again keeps no second copy.
 */
function keyOf(batch: Batch, { identity, range, run }: BatchEntry): string {
  if (identity === null) return `once:${batch.id.text}`;
  if (range === null) return `${identity}:unread:${rejectedHash(batch)}`;
  if (/^key[:@]/.test(identity)) return `${identity}:${range.from}-${range.to}:${run}`;
  return `${identity}:${range.from}-${range.to}:${range.contentHash}`;
}

function rejectedHash(batch: Batch): string {
  const hash = createHash('sha256');
  for (const { from, error, content } of batch.rejected)
    hash.update(`${from}\0${error.code}\0`).update(content);
  return hash.digest('hex');
}
