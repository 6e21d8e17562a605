import type { CreatedIngestToken, NewIngestToken } from '#lib/contracts/ingest-token.ts';
import { insertToken } from '#lib/db/ingest-tokens.ts';
import { asOwner } from '#lib/db/owner-session.ts';
import type { DatabaseUrls } from '#lib/db/urls.ts';
import { ingestTokenDocument } from './ingest-token-document.ts';
import { newTokenId, newTokenSecret, tokenHash } from './ingest-token-secret.ts';

/** Makes a token for pushing flows into one cluster. Its secret is in this answer and nowhere else. */
export async function createIngestToken(
  urls: Pick<DatabaseUrls, 'owner'>,
  { cluster, name, expires }: NewIngestToken,
  nowMs: number,
): Promise<CreatedIngestToken> {
  const token = newTokenSecret();
  const row = {
    id: newTokenId(),
    cluster,
    name,
    createdAt: new Date(nowMs),
    expiresAt: new Date(nowMs + expires),
  };
  await asOwner(urls.owner, (session) => insertToken(session, { ...row, secretHash: tokenHash(token) }));
  return { token, ...ingestTokenDocument({ ...row, revokedAt: null, lastUsedAt: null }, nowMs) };
}
