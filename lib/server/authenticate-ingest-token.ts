import { findToken } from '#lib/ingest/known-token.ts';
import { writerPools } from '#lib/ingest/writer-pool.ts';
import { tokenHash } from './ingest-token-secret.ts';

/** Who pushes: a token with its cluster, or why not. */
export type TokenCheck =
  | { readonly kind: 'known'; readonly id: string; readonly cluster: string }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'expired' | 'revoked'; readonly cluster: string; readonly at: Date };

/** Looks a secret up by its hash. Whoever shows one that has ended may be told so: it is theirs. */
export async function authenticateIngestToken(
  writerUrl: string,
  secret: string,
  nowMs: number,
): Promise<TokenCheck> {
  const token = await findToken(writerPools(writerUrl).asks, tokenHash(secret));
  if (token === null) return { kind: 'unknown' };
  const { id, cluster, expiresAt, revokedAt } = token;
  if (revokedAt !== null) return { kind: 'revoked', cluster, at: revokedAt };
  return expiresAt.getTime() <= nowMs
    ? { kind: 'expired', cluster, at: expiresAt }
    : { kind: 'known', id, cluster };
}
