import { setImmediate as turn } from 'node:timers/promises';
import type { IngestResult } from '#lib/contracts/ingest.ts';

import { defaultRetention } from '#lib/kit/retention.ts';
import { BrokenCompression } from './decompress.ts';
import { HEAD_BYTES } from './input-shape.ts';
import { inventoryLookup } from './inventory-lookup.ts';
import { keptUntil } from './kept-until.ts';
import type { IngestStreamOptions } from './stream-options.ts';
import { createStreamReader } from './stream-reader.ts';
import { holdYoungGeneration } from './young-generation.ts';

// After so much Postgres is heard: it waits for an answer some twenty times for each batch, and what is read
// meanwhile must not take longer than what it does.
const MOST_CHUNK = 128 << 10;

/**
 * The one way in: bytes → records → batches → Postgres. While one batch is written the next is read, and
 * never more than a few are held, so that memory does not grow with the input.
 */
export async function ingestStream(options: IngestStreamOptions): Promise<IngestResult> {
  const startedMs = performance.now();
  const { options: inventory } = await inventoryLookup(options.pool, options.namedCluster);
  const reader = createStreamReader({ inventory, ...options });
  try {
    await reader.end(await readAll(options, reader));
  } catch (error) {
    throw await reader.abandon(error);
  }
  const totals = reader.totals();
  const kept = await keptUntil(options.pool, totals, options.nowMs, options.retention ?? defaultRetention);
  return { ...totals, ...kept, seconds: Math.round(performance.now() - startedMs) / 1000 };
}

/** Answers with the damage where a compressed input breaks off: what came before it is good. */
async function readAll(
  { chunks, onProgress }: IngestStreamOptions,
  reader: ReturnType<typeof createStreamReader>,
): Promise<BrokenCompression | null> {
  try {
    for await (const chunk of pieces(chunks)) {
      reader.push(chunk);
      holdYoungGeneration();
      await reader.flush();
      await turn();
      onProgress?.(reader.progress());
    }
    return null;
  } catch (error) {
    if (error instanceof BrokenCompression) return error;
    throw error;
  }
}

/** The first piece is large enough to show shape and format; none is larger than need be. */
async function* pieces(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer[] | null = [];
  let headBytes = 0;
  let broken: unknown = null;
  try {
    for await (const chunk of chunks) {
      if (head === null) {
        yield* slices(chunk);
        continue;
      }
      head.push(chunk);
      headBytes += chunk.length;
      if (headBytes < HEAD_BYTES) continue;
      yield* slices(Buffer.concat(head));
      head = null;
    }
  } catch (error) {
    if (head === null || !(error instanceof BrokenCompression)) throw error;
    broken = error;
  }
  if (head !== null && headBytes > 0) yield* slices(Buffer.concat(head));
  if (broken !== null) throw broken;
}

function* slices(chunk: Buffer): Generator<Buffer> {
  for (let from = 0; from < chunk.length; from += MOST_CHUNK) yield chunk.subarray(from, from + MOST_CHUNK);
}
