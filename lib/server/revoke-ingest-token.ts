import type { IngestToken } from '#lib/contracts/ingest-token.ts';
import { markRevoked } from '#lib/db/ingest-tokens.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { ingestTokenDocument } from './ingest-token-document.ts';

/** Revokes a token from the next request on; null where there is none of this id. */
export async function revokeIngestToken(
  urls: Pick<DatabaseUrls, 'owner'>,
  id: string,
  nowMs: number,
): Promise<IngestToken | null> {
  const row = await asOwner(urls.owner, (session) => markRevoked(session, id, new Date(nowMs)));
  return row === null ? null : ingestTokenDocument(row, nowMs);
}
