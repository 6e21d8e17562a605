import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';

import { type IngestResult, ingestResultSchema } from '#lib/contracts/ingest.ts';

/** A whole input that came with a key, and what was answered to it. */
export type IngestRequest = {
  readonly cluster: string | null;
  readonly key: string;
  readonly bodyHash: string;
  readonly document: IngestResult;
};

/** The answer that a key has, null where it is new or older than the seven days that keys live. */
export async function findRequest(
  client: ClientBase,
  cluster: string | null,
  key: string,
): Promise<Pick<IngestRequest, 'bodyHash' | 'document'> | null> {
  const found = await client.query<{ body_hash: string; document: unknown }>(
    `/* ingest: answered key */ SELECT body_hash, document FROM ingest_request
    WHERE cluster = $1 AND key = $2 AND committed_at > now() - interval '7 days'`,
    [cluster ?? '', key],
  );
  const row = found.rows[0];
  return row === undefined
    ? null
    : { bodyHash: row.body_hash, document: ingestResultSchema.parse(row.document) };
}

/** Keeps an answer, and forgets those whose time is over. */
export async function keepRequest(client: ClientBase, request: IngestRequest): Promise<void> {
  await client.query(
    `/* ingest: old keys */ DELETE FROM ingest_request WHERE committed_at < now() - interval '7 days'`,
  );
  await client.query(
    '/* ingest: keep key */ INSERT INTO ingest_request (cluster, key, body_hash, document) VALUES ($1, $2, $3, $4)',
    [request.cluster ?? '', request.key, request.bodyHash, JSON.stringify(request.document)],
  );
}

/** The same bytes, hashed while they pass. */
export function hashed(chunks: AsyncIterable<Buffer>): {
  readonly chunks: AsyncIterable<Buffer>;
  /** After the last chunk. */
  readonly digest: () => string;
} {
  const hash = createHash('sha256');
  async function* passing(): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      yield chunk;
    }
  }
  return { chunks: passing(), digest: () => hash.digest('hex') };
}
