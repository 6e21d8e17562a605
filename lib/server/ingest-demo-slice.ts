import type { DatabaseUrls } from '#lib/db/urls.ts';
import { demoCluster } from '#lib/generate/demo-slices.ts';
import { rangesOfKey } from '#lib/ingest/committed.ts';
import { idOf } from '#lib/ingest/id63.ts';
import { ingestStream } from '#lib/ingest/ingest-stream.ts';
import { KeyConflict } from '#lib/ingest/stream-reader.ts';
import { inTransaction } from '#lib/ingest/transaction.ts';
import { writerPools } from '#lib/ingest/writer-pool.ts';

/**
 * Ingests a slice's lines the way that everybody's lines go, under the slice's key: what is committed
 * already changes nothing. The caller holds the demo's lock.
 */
export async function ingestDemoSlice(
  urls: Pick<DatabaseUrls, 'writer'>,
  key: string,
  lines: readonly string[],
  nowMs: number,
): Promise<void> {
  const { writers: pool } = writerPools(urls.writer);
  const identity = `key:${key}`;
  const promised = await inTransaction(pool, (client) => rangesOfKey(client, demoCluster, identity));
  try {
    await ingestStream({
      pool,
      chunks: oneChunk(lines),
      source: 'demo traffic, generated',
      identity,
      lockName: null,
      namedCluster: demoCluster,
      format: 'calico',
      run: idOf('run', identity).text,
      nowMs,
      committed: [],
      promised,
    });
  } catch (error) {
    // An older version committed the slice with other traffic: that is as good.
    if (!(error instanceof KeyConflict)) throw error;
  }
}

async function* oneChunk(lines: readonly string[]): AsyncGenerator<Buffer> {
  yield Buffer.from(lines.join(''));
}
