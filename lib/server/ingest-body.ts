import { createReadStream } from 'node:fs';
import path from 'node:path';

import type { IngestResult } from '#lib/contracts/ingest.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import { rangesOfKey, withInputLock } from '#lib/ingest/committed.ts';
import { decompressed } from '#lib/ingest/decompress.ts';
import type { Ceilings } from '#lib/ingest/fold-newcomers.ts';
import { ingestStream } from '#lib/ingest/ingest-stream.ts';
import { findRequest, hashed, keepRequest, keyIdentity, keyLockName } from '#lib/ingest/request-ledger.ts';
import type { Progress } from '#lib/ingest/stream-options.ts';
import { KeyConflict } from '#lib/ingest/stream-reader.ts';
import { writerPools } from '#lib/ingest/writer-pool.ts';
import type { Retention } from '#lib/kit/retention.ts';

export type IngestBodyOptions = {
  readonly writerUrl: string;
  /** Bytes that can be read once, packed or not, or the name of a file that a key is given for. */
  readonly input: AsyncIterable<unknown> | string;
  /** What a person would call the input; default: the file, or standard input. */
  readonly source?: string;
  readonly run: string;
  readonly key: string | null;
  readonly namedCluster: string | null;
  readonly format: SourceKind | 'auto';
  readonly retention?: Retention;
  readonly batchRecords?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly beforeCommit?: () => Promise<void>;
  readonly ceilings?: Ceilings;
};

/** `replayed`: the key's first answer, given again; nothing was ingested. */
export type IngestedBody = { readonly kind: 'ingested' | 'replayed'; readonly result: IngestResult };

/**
 * Ingests a stream that cannot be read twice. With a key it counts once: the same key and bytes get
 * the first answer again, and what an attempt that broke off had committed is not counted anew. Throws
 * KeyConflict where the key was used for other bytes.
 */
export async function ingestBody(options: IngestBodyOptions): Promise<IngestedBody> {
  const { writers: pool, locks } = writerPools(options.writerUrl);
  const { key, namedCluster, input } = options;
  const source = options.source ?? (typeof input === 'string' ? path.resolve(input) : 'standard input');
  const packed = typeof input === 'string' ? createReadStream(input) : buffers(input);
  const chunks = decompressed(packed);
  const stream = { ...options, pool, source, nowMs: Date.now(), committed: [], promised: [] };
  if (key === null) {
    const result = await ingestStream({ ...stream, chunks, identity: null, lockName: null });
    return { kind: 'ingested', result };
  }
  const request = { cluster: namedCluster, token: '', key };
  const [identity, lockName] = [keyIdentity(request), keyLockName(request)];
  return await withInputLock(locks, { name: lockName }, async (client) => {
    const earlier = await findRequest(client, request);
    const body = hashed(chunks);
    if (earlier !== null) {
      await drain(body.chunks);
      if (body.digest() !== earlier.bodyHash)
        throw new KeyConflict('the key was used before, for another input');
      return { kind: 'replayed', result: earlier.document };
    }
    const promised = await rangesOfKey(client, namedCluster, identity);
    const result = await ingestStream({ ...stream, chunks: body.chunks, identity, lockName, promised });
    await keepRequest(client, request, { bodyHash: body.digest(), document: result });
    return { kind: 'ingested', result };
  });
}

async function drain(chunks: AsyncIterable<Buffer>): Promise<void> {
  for await (const chunk of chunks) if (chunk.length === 0) continue;
}

async function* buffers(input: AsyncIterable<unknown>): AsyncGenerator<Buffer> {
  for await (const chunk of input) {
    if (chunk instanceof Uint8Array) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    else yield Buffer.from(String(chunk));
  }
}
