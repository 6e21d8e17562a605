import type { IngestResult } from '#lib/contracts/ingest.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import { rangesOfKey, withInputLock } from '#lib/ingest/committed.ts';
import { asHttpDoes, decompressed } from '#lib/ingest/decompress.ts';
import { ingestStream } from '#lib/ingest/ingest-stream.ts';
import { findRequest, keepRequest, keyIdentity, keyLockName } from '#lib/ingest/request-ledger.ts';
import { KeyConflict } from '#lib/ingest/stream-reader.ts';
import { writerPools } from '#lib/ingest/writer-pool.ts';
import type { Retention } from '#lib/kit/retention.ts';
import type { IngestedBody } from './ingest-body.ts';
import { newRun } from './ingest-run.ts';
import type { SpooledBody } from './spool.ts';

// The same body is being ingested: its client gave up waiting and tries again. So may this one.
const MOST_WAIT_MS = 10_000;

export type ReceivedBody = {
  readonly writerUrl: string;
  readonly body: SpooledBody;
  /** SHA-256 of what the body unpacks to. */
  readonly bodyHash: string;
  readonly namedCluster: string | null;
  /** Id of the ingest token, '' without one. */
  readonly token: string;
  /** The client's key; null: the body stands for itself, so that a retry counts once all the same. */
  readonly key: string | null;
  readonly format: SourceKind | 'auto';
  readonly retention?: Retention;
};

/**
 * Ingests a whole body once: the same key and bytes, or without a key the same bytes, get the first answer
 * again, and what an attempt that broke off had committed is not counted anew. Throws KeyConflict where the
 * key stands for other bytes.
 */
export async function ingestReceived(received: ReceivedBody): Promise<IngestedBody> {
  const { writerUrl, body, bodyHash, namedCluster, token, format } = received;
  const { writers: pool, locks } = writerPools(writerUrl);
  const request = { cluster: namedCluster, token, key: received.key ?? `sha256:${bodyHash}` };
  const lockName = keyLockName(request);
  return await withInputLock(locks, { name: lockName, mostWaitMs: MOST_WAIT_MS }, async (client) => {
    const earlier = await findRequest(client, request);
    if (earlier !== null) {
      if (earlier.bodyHash !== bodyHash) throw new KeyConflict('the key was used before, for another body');
      return { kind: 'replayed', result: earlier.document };
    }
    const identity = keyIdentity(request);
    const result = await ingestStream({
      pool,
      chunks: decompressed(body.read(), asHttpDoes),
      source: 'http',
      identity,
      lockName,
      namedCluster,
      format,
      run: newRun(),
      nowMs: Date.now(),
      ...(received.retention === undefined ? {} : { retention: received.retention }),
      committed: [],
      promised: await rangesOfKey(client, namedCluster, identity),
    });
    if (isToBeKept(received, result)) await keepRequest(client, request, { bodyHash, document: result });
    return { kind: 'ingested', result };
  });
}

/** A body without a key of which nothing was read may come again with the format named. */
function isToBeKept({ key }: Pick<ReceivedBody, 'key'>, result: IngestResult): boolean {
  return key !== null || result.accepted + result.duplicates + result.ignored > 0;
}
