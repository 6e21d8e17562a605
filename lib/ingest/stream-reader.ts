import type { IngestResult } from '#lib/contracts/ingest.ts';

import { type BatchBuilder, createBatchBuilder } from './batch.ts';
import { createBatchWriter } from './batch-writer.ts';
import type { BrokenCompression } from './decompress.ts';
import { createDimensions } from './dimensions.ts';
import { idOf } from './id63.ts';
import { createSplitter, formatOfHead, startOf } from './input-shape.ts';
import type { ByteRange } from './ledger.ts';
import type { RecordSplitter } from './line-splitter.ts';
import { createRangeHash } from './range-hash.ts';
import { createRecordReader, type RecordReader } from './read-records.ts';
import { noLostEvents } from './source-cells.ts';
import type { SourceRecord } from './source-record.ts';
import type { IngestStreamOptions, Progress } from './stream-options.ts';
import { createTaken } from './taken.ts';

/** A key came again with other bytes than those that it was first used for. */
export class KeyConflict extends Error {}

// Larger batches spare Postgres upserts of the same cells; smaller ones are sooner on the screen.
const BATCH_RECORDS = 20_000;
const BATCH_BYTES = 48 << 20;

/** Cuts a stream into batches: which records are new, where a batch ends, what its bytes hash to. */
export function createStreamReader(options: IngestStreamOptions) {
  const { namedCluster, committed, promised } = options;
  const batchRecords = options.batchRecords ?? BATCH_RECORDS;
  let nowMs = options.nowMs;
  const dimensions = createDimensions();
  const writer = createBatchWriter({ ...options, dimensions });
  const lost = noLostEvents();
  const taken = createTaken();
  const bytes = createRangeHash();
  const reasons = new Map<string, number>();
  const totals = { accepted: 0, rejected: 0, ignored: 0, duplicates: 0, batches: 0 };
  let splitter: RecordSplitter | null = null;
  let reader: RecordReader = createRecordReader(
    options.format === 'auto' ? null : options.format,
    () => nowMs,
    options.inventory,
  );
  let builder: BatchBuilder | null = null;
  let position = 0;
  let records = 0;
  let started = 0;
  let inBatch = 0;
  let firstLine = 0;
  let lastLine = 0;
  let batchFrom = 0;
  let batchTo = 0;
  let repeated: { readonly range: ByteRange; records: number } | null = null;

  function push(chunk: Buffer): void {
    const skip = splitter === null ? startOf(chunk) : 0;
    splitter ??= begin(chunk);
    bytes.begin(chunk);
    splitter.push(skip === 0 ? chunk : chunk.subarray(skip), handle);
    bytes.end(batchTo);
    position += chunk.length;
  }

  function begin(head: Buffer): RecordSplitter {
    if (options.format === 'auto')
      reader = createRecordReader(formatOfHead(head), () => nowMs, options.inventory);
    return createSplitter(head, () => reader.knownLines());
  }

  function handle(record: SourceRecord): void {
    records += 1;
    if (committed.length > 0 && committed.some(({ from, to }) => record.from >= from && record.to <= to)) {
      close();
      reader.pass(record);
      totals.duplicates += 1;
      skipTo(record.next);
      return;
    }
    if (promised.length > 0 && inBatch === 0 && isRepeated(record)) return;
    const into = openBatch(record);
    const isDone = reader.read(into, record);
    // An unfinished last line stays out of the range, so that it is read again when it has grown.
    if (isDone || record.isTerminated) batchTo = record.next;
    if (inBatch >= batchRecords || batchTo - batchFrom >= BATCH_BYTES) close();
  }

  function openBatch(record: Pick<SourceRecord, 'line'>): BatchBuilder {
    if (builder === null) {
      builder = createBatchBuilder(
        idOf('ingest_batch', options.run, options.source, options.part ?? 0, started),
        namedCluster,
        dimensions,
        lost,
      );
      firstLine = record.line;
      started += 1;
    }
    lastLine = record.line;
    inBatch += 1;
    return builder;
  }

  /** Bytes that came under this key before are only compared. */
  function isRepeated(record: SourceRecord): boolean {
    if (repeated === null) {
      const range = promised.find(({ from }) => from === batchFrom);
      if (range === undefined) return false;
      repeated = { range, records: 0 };
    }
    reader.pass(record);
    repeated.records += 1;
    batchTo = record.next;
    const { range } = repeated;
    if (record.next < range.to) return true;
    if (record.next > range.to || bytes.cut(record.next) !== range.contentHash) {
      throw new KeyConflict('the key was used before, for another input');
    }
    totals.duplicates += repeated.records;
    repeated = null;
    batchFrom = record.next;
    return true;
  }

  function skipTo(next: number): void {
    batchFrom = next;
    batchTo = next;
    bytes.skipTo(next);
  }

  function close(): void {
    if (builder === null) return;
    const batch = builder.build();
    const { accepted, rejected, ignored } = batch.counts;
    totals.accepted += accepted;
    totals.rejected += rejected;
    totals.ignored += ignored;
    totals.batches += 1;
    taken.note(batch);
    for (const [reason, count] of batch.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + count);
    const contentHash = bytes.cut(batchTo);
    // Bytes of which nothing was understood are not done with: another --format may read them.
    const isRead = reader.format() !== null && accepted + ignored > 0 && options.identity !== null;
    const range = isRead ? { from: batchFrom, to: batchTo, contentHash } : null;
    writer.add(batch, { range, lines: { from: firstLine, to: lastLine }, sourceKind: reader.format() });
    builder = null;
    inBatch = 0;
    batchFrom = batchTo;
  }

  /** Commits what was read of an input that goes on; an unfinished record waits for its end. */
  async function settle(): Promise<void> {
    close();
    await writer.finish();
  }

  async function end(broken: BrokenCompression | null): Promise<void> {
    splitter?.end(handle);
    if (broken !== null) rejectRest(broken);
    if (repeated !== null) throw new KeyConflict('the key was used before, for a longer input');
    close();
    await writer.finish();
  }

  function rejectRest(broken: BrokenCompression): void {
    const line = lastLine + 1;
    const message = `${broken.message}: what came after line ${lastLine} is lost; compress the file again`;
    const place = { line, from: position, to: position, next: position, isTerminated: false };
    openBatch(place).reject(
      { ...place, content: { kind: 'text', text: '' } },
      { code: 'broken-compression', field: null, message },
    );
  }

  return {
    /** An input that goes on for days needs to know what is future now. */
    atTime: (ms: number): void => {
      nowMs = ms;
    },
    push,
    settle,
    end,
    flush: writer.flush,
    abandon: writer.abandon,
    hasUncommitted: (): boolean => builder !== null,
    progress: (): Progress => ({ bytes: position, records }),
    totals: (): Omit<IngestResult, 'seconds'> => ({
      ...totals,
      reasons: Object.fromEntries(reasons),
      format: reader.format(),
      ...taken.told(),
    }),
  };
}
