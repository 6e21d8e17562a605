import type { OwnerSession } from '#lib/db/owner-session.ts';

/** A token as it is stored, without what tells its secret. */
export type TokenRow = {
  readonly id: string;
  readonly cluster: string;
  readonly name: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};

export const tokenColumns = `id, cluster, name, created_at AS "createdAt", expires_at AS "expiresAt",
  revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

export async function insertToken(
  session: OwnerSession,
  token: Omit<TokenRow, 'revokedAt' | 'lastUsedAt'> & { readonly secretHash: Buffer },
): Promise<void> {
  await session.change(
    `/* flowloom:insert-token */ INSERT INTO ingest_token (id, secret_hash, cluster, name, created_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6)`,
    [token.id, token.secretHash, token.cluster, token.name, token.createdAt, token.expiresAt],
  );
}

/** Revokes a token from now on and answers it, null where there is none; a second time keeps the first time. */
export async function markRevoked(session: OwnerSession, id: string, at: Date): Promise<TokenRow | null> {
  const rows = await session.ask<TokenRow>(
    `/* flowloom:revoke-token */ UPDATE ingest_token SET revoked_at = coalesce(revoked_at, $2) WHERE id = $1
     RETURNING ${tokenColumns}`,
    [id, at],
  );
  return rows[0] ?? null;
}
