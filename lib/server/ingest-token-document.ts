import type { IngestToken } from '#lib/contracts/ingest-token.ts';
import type { TokenRow } from '#lib/db/ingest-tokens.ts';

/** A stored token as it is shown. */
export function ingestTokenDocument(row: TokenRow, nowMs: number): IngestToken {
  return {
    id: row.id,
    cluster: row.cluster,
    name: row.name,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    state: stateOf(row, nowMs),
  };
}

function stateOf({ revokedAt, expiresAt }: TokenRow, nowMs: number): IngestToken['state'] {
  if (revokedAt !== null) return 'revoked';
  return expiresAt.getTime() <= nowMs ? 'expired' : 'active';
}
