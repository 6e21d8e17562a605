import type { Pool } from 'pg';

import { withClient } from '#lib/db/with-client.ts';

export type KnownToken = {
  readonly id: string;
  readonly cluster: string;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
};

/**
 * The token with this hash, null where there is none. Notes that it was used, once in five minutes: with
 * every request that would be a row rewritten hundreds of times a second.
 */
export async function findToken(asks: Pool, secretHash: Buffer): Promise<KnownToken | null> {
  return await withClient(asks, async (client) => {
    const found = await client.query<KnownToken & { readonly isNoted: boolean }>(
      `/* ingest: token */ SELECT id, cluster, expires_at AS "expiresAt", revoked_at AS "revokedAt",
        coalesce(last_used_at > now() - interval '5 minutes', false) AS "isNoted"
      FROM ingest_token WHERE secret_hash = $1`,
      [secretHash],
    );
    const token = found.rows[0];
    if (token === undefined) return null;
    if (!token.isNoted) {
      const note = '/* ingest: token used */ UPDATE ingest_token SET last_used_at = now() WHERE id = $1';
      await client.query(note, [token.id]);
    }
    return token;
  });
}
