import type { Asker } from './auth-store.ts';

/** An API token as it is stored, without what tells its secret. */
export type ApiTokenRow = {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly rights: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};

const columns = `api_token.id, app_user.email, api_token.name, rights, api_token.created_at AS "createdAt",
  expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

export type NewApiTokenRow = {
  readonly id: string;
  readonly secretHash: Buffer;
  readonly email: string;
  readonly name: string;
  readonly rights: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** Keeps a token; false where there is nobody of this address. */
export async function insertApiToken(asker: Asker, token: NewApiTokenRow): Promise<boolean> {
  const { id, secretHash, email, name, rights, createdAt, expiresAt } = token;
  const inserted = await asker.change(
    `/* flowloom:insert-api-token */ INSERT INTO api_token (id, secret_hash, user_id, name, rights, created_at, expires_at)
     SELECT $1, $2, id, $4, $5, $6, $7 FROM app_user WHERE email = $3`,
    [id, secretHash, email, name, [...rights], createdAt, expiresAt],
  );
  return inserted > 0;
}

/** Tokens of one person, or of everybody, newest first. */
export async function listApiTokens(asker: Asker, email: string | null): Promise<readonly ApiTokenRow[]> {
  return asker.ask<ApiTokenRow>(
    `/* flowloom:api-tokens */ SELECT ${columns} FROM api_token JOIN app_user ON app_user.id = user_id
     WHERE $1::text IS NULL OR email = $1 ORDER BY api_token.created_at DESC, api_token.id`,
    [email],
  );
}

/** Revokes a token of one person, or of anybody; null where there is none. A second time keeps the first time. */
export async function revokeApiToken(
  asker: Asker,
  id: string,
  { email, at }: { readonly email: string | null; readonly at: Date },
): Promise<ApiTokenRow | null> {
  const rows = await asker.ask<ApiTokenRow>(
    `/* flowloom:revoke-api-token */ UPDATE api_token SET revoked_at = coalesce(revoked_at, $2) FROM app_user
     WHERE app_user.id = user_id AND api_token.id = $1 AND ($3::text IS NULL OR email = $3) RETURNING ${columns}`,
    [id, at, email],
  );
  return rows[0] ?? null;
}

export type TokenHolder = {
  readonly userId: string;
  readonly email: string;
  readonly groups: readonly string[];
  readonly rights: readonly string[];
};

/** Whose token has this hash, while it is good; notes that it was used, once in five minutes. */
export async function findTokenHolder(
  asker: Asker,
  secretHash: Buffer,
  at: Date,
): Promise<TokenHolder | null> {
  const rows = await asker.ask<TokenHolder & { readonly id: string; readonly isNoted: boolean }>(
    `/* flowloom:api-token */ SELECT api_token.id, user_id AS "userId", email, rights,
       ARRAY(SELECT DISTINCT "group" FROM user_group WHERE user_group.user_id = app_user.id ORDER BY 1) AS groups,
       coalesce(last_used_at > $2::timestamptz - interval '5 minutes', FALSE) AS "isNoted"
     FROM api_token JOIN app_user ON app_user.id = user_id
     WHERE secret_hash = $1 AND revoked_at IS NULL AND expires_at > $2`,
    [secretHash, at],
  );
  const found = rows[0];
  if (found === undefined) return null;
  if (!found.isNoted) {
    const note = '/* flowloom:api-token-used */ UPDATE api_token SET last_used_at = $2 WHERE id = $1';
    await asker.change(note, [found.id, at]);
  }
  const { userId, email, groups, rights } = found;
  return { userId, email, groups, rights };
}
