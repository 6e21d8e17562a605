import { open } from 'node:fs/promises';
import path from 'node:path';

import type { IngestResult } from '#lib/contracts/ingest.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import {
  FINGERPRINT_BYTES,
  fileLockName,
  fingerprintOf,
  rangesOfFile,
  verifiedSpans,
  withInputLock,
} from '#lib/ingest/committed.ts';
import { decompressed, untilBroken } from '#lib/ingest/decompress.ts';
import { fileChunks } from '#lib/ingest/file-chunks.ts';
import type { Ceilings } from '#lib/ingest/fold-newcomers.ts';
import { ingestStream } from '#lib/ingest/ingest-stream.ts';
import type { Progress } from '#lib/ingest/stream-options.ts';
import { writerPools } from '#lib/ingest/writer-pool.ts';
import type { Retention } from '#lib/kit/retention.ts';

export type IngestFileOptions = {
  readonly writerUrl: string;
  readonly file: string;
  readonly run: string;
  /** Tells apart the attempts of one run at one file. */
  readonly part?: number;
  readonly namedCluster: string | null;
  readonly format: SourceKind | 'auto';
  readonly retention?: Retention;
  readonly batchRecords?: number;
  readonly onProgress?: (progress: Progress) => void;
  readonly beforeCommit?: () => Promise<void>;
  readonly ceilings?: Ceilings;
};

/**
 * Ingests a file once, however often it is named: what was committed of its content before, under any
 * name and packed or not, is read again only to see that it is the same.
 */
export async function ingestFile(options: IngestFileOptions): Promise<IngestResult> {
  const { writerUrl, file, namedCluster } = options;
  const { writers: pool, locks } = writerPools(writerUrl);
  const head = await headOf(file);
  const lockName = fileLockName(namedCluster, head);
  return await withInputLock(locks, { name: lockName }, async (client) => {
    const ranges = await rangesOfFile(client, namedCluster, head);
    const committed = ranges.length === 0 ? [] : await verifiedSpans(untilBroken(bytesOf(file)), ranges);
    return await ingestStream({
      ...options,
      pool,
      chunks: bytesOf(file),
      source: path.resolve(file),
      identity: fingerprintOf(head),
      lockName,
      nowMs: Date.now(),
      committed,
      promised: [],
    });
  });
}

/** null where the file can be read, else why not. */
export async function whyUnreadable(
  file: string,
): Promise<{ readonly text: string; readonly isMissing: boolean } | null> {
  try {
    const handle = await open(file);
    try {
      const stats = await handle.stat();
      return stats.isDirectory() ? unreadable(`${file} is a folder: name the files in it`) : null;
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : null;
    if (code === 'ENOENT') return { text: `${file} does not exist`, isMissing: true };
    return code === 'EACCES'
      ? unreadable(`${file} may not be read by this user`)
      : unreadable(`${file} cannot be opened: ${String(error)}`);
  }
}

function unreadable(text: string): { readonly text: string; readonly isMissing: boolean } {
  return { text, isMissing: false };
}

function bytesOf(file: string): AsyncIterable<Buffer> {
  return decompressed(fileChunks(file));
}

async function headOf(file: string): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const chunk of untilBroken(bytesOf(file))) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= FINGERPRINT_BYTES) break;
  }
  return Buffer.concat(parts).subarray(0, FINGERPRINT_BYTES);
}
