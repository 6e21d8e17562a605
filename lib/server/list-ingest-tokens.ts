import type { Scope } from '#lib/access/scope.ts';
import type { IngestTokens } from '#lib/contracts/ingest-token.ts';
import type { Reader } from '#lib/db/reader.ts';
import { ingestTokens } from '#lib/db/sql/ingest-tokens.ts';
import { ingestTokenDocument } from './ingest-token-document.ts';

/** All ingest tokens, newest first, the expired and revoked ones too. */
export async function listIngestTokens(reader: Reader, scope: Scope, nowMs: number): Promise<IngestTokens> {
  const rows = await ingestTokens(reader, scope);
  return { tokens: rows.map((row) => ingestTokenDocument(row, nowMs)) };
}
