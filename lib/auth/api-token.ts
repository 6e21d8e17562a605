import { randomBytes } from 'node:crypto';
import type { Right } from '#lib/access/roles.ts';
import type { ApiToken, CreatedApiToken } from '#lib/contracts/api-token.ts';
import { type ApiTokenRow, insertApiToken, listApiTokens, revokeApiToken } from '#lib/db/api-tokens.ts';
import type { Asker } from '#lib/db/auth-store.ts';
import { newApiTokenSecret, secretHash } from './secret-token.ts';

export type WantedToken = {
  /** Whose it is. */
  readonly email: string;
  readonly name: string;
  readonly rights: readonly Right[];
  readonly lifeMs: number;
};

/** Makes a token. Its secret is in this answer and nowhere else; null where there is nobody of this address. */
export async function createApiToken(
  asker: Asker,
  { email, name, rights, lifeMs }: WantedToken,
  nowMs: number,
): Promise<CreatedApiToken | null> {
  const token = newApiTokenSecret();
  const id = randomBytes(5).toString('hex');
  const row = {
    id,
    email,
    name,
    rights: [...new Set(rights)],
    createdAt: new Date(nowMs),
    expiresAt: new Date(nowMs + lifeMs),
  };
  if (!(await insertApiToken(asker, { ...row, secretHash: secretHash(token) }))) return null;
  return { token, ...documentOf({ ...row, revokedAt: null, lastUsedAt: null }, nowMs) };
}

/** Tokens of one person, or of everybody, newest first; the expired and revoked ones too. */
export async function apiTokensOf(
  asker: Asker,
  email: string | null,
  nowMs: number,
): Promise<readonly ApiToken[]> {
  return (await listApiTokens(asker, email)).map((row) => documentOf(row, nowMs));
}

/** Refuses a token of one person, or of anybody, from now on; null where there is none. */
export async function endApiToken(
  asker: Asker,
  { id, email }: { readonly id: string; readonly email: string | null },
  nowMs: number,
): Promise<ApiToken | null> {
  const row = await revokeApiToken(asker, id, { email, at: new Date(nowMs) });
  return row === null ? null : documentOf(row, nowMs);
}

function documentOf(row: ApiTokenRow, nowMs: number): ApiToken {
  return {
    id: row.id,
    user: row.email,
    name: row.name,
    rights: [...row.rights],
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    revokedAt: row.revokedAt?.toISOString() ?? null,
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    state: stateOf(row, nowMs),
  };
}

function stateOf({ revokedAt, expiresAt }: ApiTokenRow, nowMs: number): ApiToken['state'] {
  if (revokedAt !== null) return 'revoked';
  return expiresAt.getTime() <= nowMs ? 'expired' : 'active';
}
