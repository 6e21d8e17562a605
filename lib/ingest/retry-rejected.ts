import type { ClientBase, Pool } from 'pg';

import { wordOf } from '#lib/db/codes.ts';
import { withClient } from '#lib/db/with-client.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import type { ParserOptions } from '#lib/flows/parser-options.ts';
import { type Batch, createBatchBuilder } from './batch.ts';
import { createBatchWriter } from './batch-writer.ts';
import { withInputLock } from './committed.ts';
import { createDimensions, type Dimensions } from './dimensions.ts';
import { idOf } from './id63.ts';
import { inventoryLookup } from './inventory-lookup.ts';
import { storable } from './ledger.ts';
import type { RejectedLine } from './line-counts.ts';
import { contentOf } from './line-splitter.ts';
import { plainArray } from './pg-array.ts';
import { createRecordReader } from './read-records.ts';
import { findRequest, keepRequest, keyLockName, type RequestKey } from './request-ledger.ts';
import { noLostEvents } from './source-cells.ts';
import { inTransaction } from './transaction.ts';
import { writerPools } from './writer-pool.ts';

export type RetryOptions = {
  readonly writerUrl: string;
  /** The batch, and the first bytes of those of its kept lines that are tried. */
  readonly batch: string;
  readonly lines: readonly number[];
  /** null: as it was read before. */
  readonly format: SourceKind | null;
  readonly run: string;
  readonly nowMs: number;
  /** For tests that stop it at its worst moment. */
  readonly beforeCommit?: () => Promise<void>;
};

export type RetriedBatch = Pick<Batch['counts'], 'accepted' | 'rejected' | 'ignored'> & {
  readonly reasons: ReadonlyMap<string, number>;
};

/**
 * Takes kept lines of one batch through ingest again, under the same cluster and format. What is accepted
 * leaves the quarantine in the transaction that counts it: a second try, at the same time or after a crash
 * at any instant, does not find it any more.
 */
export async function retryRejected(options: RetryOptions): Promise<RetriedBatch> {
  const { writers: pool, locks } = writerPools(options.writerUrl);
  const body = await withClient(pool, (client) => bodyOf(client, options.batch));
  const lockName = body === null ? `flowloom retry ${options.batch}` : keyLockName(body.request);
  return await withInputLock(locks, { name: lockName }, async (client) => {
    const origin = await readOrigin(client, options);
    if (body !== null && (await findRequest(client, body.request)) !== null)
      return await forgetSentAgain(pool, options, origin.lines);
    const dimensions = createDimensions();
    const inventory = await inventoryLookup(pool, origin.namedCluster);
    const batch = rebuild(origin, options, dimensions, inventory.options);
    // Both lists have the same bounds: a line that was kept once is kept again.
    if (batch.rejected.length !== batch.counts.rejected)
      throw new Error(`batch ${options.batch}: lines got lost`);
    const again = new Map(batch.rejected.map((line) => [line.from, line]));
    const done = origin.lines.filter(({ from }) => !again.has(from));
    const settle = async (inside: ClientBase): Promise<void> => {
      await leaveQuarantine(inside, options.batch, origin.lines, again);
      if (body !== null && done.length > 0) await keepAnswer(inside, body, batch, origin.kind);
      await options.beforeCommit?.();
    };
    if (done.length === 0) {
      await inTransaction(pool, settle);
    } else {
      const { namedCluster, source, kind, lines } = origin;
      const { run, format, batch: retryOf } = options;
      const shared = { pool, dimensions, source, identity: null, lockName, namedCluster, run, retryOf };
      const writer = createBatchWriter({ ...shared, beforeCommit: settle });
      const numbers = lines.filter(({ from }) => !again.has(from)).map(({ line }) => line);
      const place = { from: Math.min(...numbers), to: Math.max(...numbers) };
      writer.add(withoutRejected(batch), { range: null, lines: place, sourceKind: format ?? kind });
      await writer.finish();
    }
    const { accepted, rejected, ignored } = batch.counts;
    return { accepted, rejected, ignored, reasons: batch.reasons };
  });
}

/** A body without a key of its client, of which nothing was read: it may still be sent again. */
type UnreadBody = { readonly request: RequestKey; readonly bodyHash: string };

const bodyKey = /^key(?:@([^:]*))?:(sha256:([0-9a-f]{64}))$/;

async function bodyOf(client: ClientBase, batch: string): Promise<UnreadBody | null> {
  const found = await client.query<{ fingerprint: string | null; named_cluster: string }>(
    `/* ingest: unread body */ SELECT fingerprint, named_cluster FROM ingest_batch
    WHERE id = $1 AND byte_to IS NULL`,
    [batch],
  );
  const row = found.rows[0];
  const [, token = '', key = '', bodyHash = ''] = bodyKey.exec(row?.fingerprint ?? '') ?? [];
  if (row === undefined || key === '') return null;
  return { request: { cluster: row.named_cluster === '' ? null : row.named_cluster, token, key }, bodyHash };
}

/** From now on the body is answered for, so that sending it again does not count its lines a second time. */
async function keepAnswer(
  client: ClientBase,
  { request, bodyHash }: UnreadBody,
  { counts, reasons }: Batch,
  format: SourceKind | null,
): Promise<void> {
  const { accepted, rejected, ignored } = counts;
  const told = { accepted, rejected, ignored, duplicates: 0, reasons: Object.fromEntries(reasons) };
  await keepRequest(client, request, { bodyHash, document: { ...told, batches: 1, format, seconds: 0 } });
}

/** The body came again and was read, its lines with it. */
async function forgetSentAgain(
  pool: Pool,
  { batch }: RetryOptions,
  lines: readonly KeptLine[],
): Promise<RetriedBatch> {
  await inTransaction(pool, (client) => leaveQuarantine(client, batch, lines, new Map()));
  const reasons = new Map(lines.length === 0 ? [] : [['sent-again', lines.length]]);
  return { accepted: 0, rejected: 0, ignored: lines.length, reasons };
}

type KeptLine = {
  readonly from: number;
  readonly line: number;
  readonly code: string;
  readonly content: Buffer;
};

type Origin = {
  readonly namedCluster: string | null;
  readonly cluster: string;
  readonly source: string;
  readonly kind: SourceKind | null;
  readonly lines: readonly KeptLine[];
};

async function readOrigin(client: ClientBase, { batch, lines }: RetryOptions): Promise<Origin> {
  const found = await client.query<{
    named_cluster: string;
    cluster: string;
    source: string;
    source_kind: number | null;
  }>(
    '/* ingest: batch to retry */ SELECT named_cluster, cluster, source, source_kind FROM ingest_batch WHERE id = $1',
    [batch],
  );
  const row = found.rows[0];
  const kept = await client.query<{ byte_from: string; line: string; code: string; content: Buffer }>(
    `/* ingest: lines to retry */ SELECT byte_from, line, code, content FROM rejected_line
    WHERE batch = $1 AND byte_from = ANY($2::bigint[]) ORDER BY byte_from`,
    [batch, lines],
  );
  return {
    namedCluster: row === undefined || row.named_cluster === '' ? null : row.named_cluster,
    cluster: row?.cluster ?? '',
    source: row?.source ?? '',
    kind: row === undefined || row.source_kind === null ? null : wordOf('sourceKind', row.source_kind),
    // Where the batch was taken back meanwhile there is nothing left to try.
    lines: (row === undefined ? [] : kept.rows).map(({ byte_from, line, code, content }) => ({
      from: Number(byte_from),
      line: Number(line),
      code,
      content,
    })),
  };
}

function rebuild(
  origin: Origin,
  { batch, run, format, nowMs }: RetryOptions,
  dimensions: Dimensions,
  inventory: ParserOptions,
): Batch {
  const id = idOf('ingest_batch', run, 'retry', batch);
  const builder = createBatchBuilder(id, origin.namedCluster, dimensions, noLostEvents());
  const reader = createRecordReader(format ?? origin.kind, () => nowMs, inventory);
  for (const { from, line, content } of origin.lines) {
    const to = from + content.length;
    const place = { line, from, to, next: to + 1, isTerminated: true };
    reader.read(builder, { ...place, content: contentOf(content) });
  }
  return builder.build();
}

/** Lines that are rejected again stay with their first batch. */
function withoutRejected(batch: Batch): Batch {
  const ofRejected = new Set(batch.rejected.map(({ error }) => error.code));
  return {
    ...batch,
    counts: { ...batch.counts, rejected: 0 },
    rejected: [],
    reasons: new Map([...batch.reasons].filter(([reason]) => !ofRejected.has(reason))),
  };
}

/** Another try, or the batch's end, came between: nothing of this one counts. */
class LinesChanged extends Error {
  override readonly name = 'Refusal';
}

async function leaveQuarantine(
  client: ClientBase,
  batch: string,
  tried: readonly KeptLine[],
  again: ReadonlyMap<number, RejectedLine>,
): Promise<void> {
  if (tried.length === 0) return;
  const found = await client.query<{ rejected: number; reasons: Record<string, number> }>(
    '/* ingest: batch of the quarantine */ SELECT rejected, reasons FROM ingest_batch WHERE id = $1 FOR UPDATE',
    [batch],
  );
  const left = await client.query(
    '/* ingest: accepted now */ DELETE FROM rejected_line WHERE batch = $1 AND byte_from = ANY($2::bigint[])',
    [batch, tried.map(({ from }) => from).filter((from) => !again.has(from))],
  );
  const row = found.rows[0];
  if (row === undefined || left.rowCount !== tried.length - again.size)
    throw new LinesChanged('the rejected lines changed meanwhile; nothing was counted: try again');
  const stays = [...again.values()];
  await client.query(
    `/* ingest: rejected again */ UPDATE rejected_line AS old SET code = new.code, field = new.field, message = new.message
    FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[]) AS new(byte_from, code, field, message)
    WHERE old.batch = $1 AND old.byte_from = new.byte_from`,
    [
      batch,
      plainArray(stays, ({ from }) => from),
      stays.map(({ error }) => error.code),
      stays.map(({ error }) => storable(error.field)),
      stays.map(({ error }) => storable(error.message)),
    ],
  );
  await client.query(
    '/* ingest: fewer rejected */ UPDATE ingest_batch SET rejected = $2, reasons = $3 WHERE id = $1',
    [
      batch,
      row.rejected - (tried.length - again.size),
      JSON.stringify(movedReasons(row.reasons, tried, stays)),
    ],
  );
}

function movedReasons(
  reasons: Readonly<Record<string, number>>,
  tried: readonly KeptLine[],
  stays: readonly RejectedLine[],
): Record<string, number> {
  const counts = new Map(Object.entries(reasons));
  const add = (code: string, count: number): void => {
    counts.set(code, (counts.get(code) ?? 0) + count);
  };
  for (const { code } of tried) add(code, -1);
  for (const { error } of stays) add(error.code, 1);
  return Object.fromEntries([...counts].filter(([, count]) => count > 0));
}
