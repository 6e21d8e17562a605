import { createHash } from 'node:crypto';
import type { ClientBase } from 'pg';

import { type IngestResult, ingestResultSchema } from '#lib/contracts/ingest.ts';

/** What an input came with that makes it count once. Keys count per token and cluster. */
export type RequestKey = {
  readonly cluster: string | null;
  /** Id of the ingest token, '' without one. */
  readonly token: string;
  readonly key: string;
};

/** What was answered to a whole input that came with a key. */
export type AnsweredRequest = { readonly bodyHash: string; readonly document: IngestResult };

/** What the batches of an input with a key are known by in the ledger, beside its cluster. */
export function keyIdentity({ token, key }: RequestKey): string {
  return token === '' ? `key:${key}` : `key@${token}:${key}`;
}

/** Forgets the answer of the input that a batch was known by: with its batches gone, it counts again. */
export async function forgetRequest(client: ClientBase, cluster: string, identity: string): Promise<void> {
  const [, token = '', key = null] = /^key(?:@([^:]*))?:(.*)$/s.exec(identity) ?? [];
  await client.query(
    '/* ingest: forget key */ DELETE FROM ingest_request WHERE cluster = $1 AND token = $2 AND key = $3',
    [cluster, token, key],
  );
}

/** The lock of an input with a key. */
export function keyLockName(request: RequestKey): string {
  return `flowloom ${keyIdentity(request)} ${request.cluster ?? ''}`;
}

/** The answer that a key has, null where it is new or older than the seven days that keys live. */
export async function findRequest(
  client: ClientBase,
  { cluster, token, key }: RequestKey,
): Promise<AnsweredRequest | null> {
  const found = await client.query<{ body_hash: string; document: unknown }>(
    `/* ingest: answered key */ SELECT body_hash, document FROM ingest_request
    WHERE cluster = $1 AND token = $2 AND key = $3 AND committed_at > now() - interval '7 days'`,
    [cluster ?? '', token, key],
  );
  const row = found.rows[0];
  return row === undefined
    ? null
    : { bodyHash: row.body_hash, document: ingestResultSchema.parse(row.document) };
}

/** Keeps an answer, and forgets those whose time is over. */
export async function keepRequest(
  client: ClientBase,
  { cluster, token, key }: RequestKey,
  { bodyHash, document }: AnsweredRequest,
): Promise<void> {
  await client.query(
    `/* ingest: old keys */ DELETE FROM ingest_request WHERE committed_at < now() - interval '7 days'`,
  );
  await client.query(
    `/* ingest: keep key */ INSERT INTO ingest_request (cluster, token, key, body_hash, document)
    VALUES ($1, $2, $3, $4, $5)`,
    [cluster ?? '', token, key, bodyHash, JSON.stringify(document)],
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
