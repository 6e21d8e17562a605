import type { Asker } from './auth-store.ts';
import type { Opened } from './note-opened.ts';
import type { KeptPlaces } from './positions.ts';

/** A link as its maker sees it. */
export type ShareLinkRow = {
  readonly key: string;
  readonly idHash: Buffer;
  readonly name: string;
  readonly state: unknown;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};

const columns = `key, id_hash AS "idHash", name, state, created_at AS "createdAt", expires_at AS "expiresAt",
  revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

export type NewShareLinkRow = Pick<
  ShareLinkRow,
  'key' | 'idHash' | 'name' | 'state' | 'createdAt' | 'expiresAt'
> & { readonly ownerId: string; readonly scope: string; readonly places: KeptPlaces | null };

/** Keeps a link, while its owner has fewer than `most` that still open; null where they have not. */
export async function insertShareLink(
  asker: Asker,
  { key, idHash, ownerId, name, state, places, scope, createdAt, expiresAt }: NewShareLinkRow,
  most: number,
): Promise<ShareLinkRow | null> {
  const rows = await asker.ask<ShareLinkRow>(
    `/* flowloom:insert-share-link */ INSERT INTO share_link (key, id_hash, owner_id, name, state, places, scope, created_at, expires_at)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9 WHERE $10 > (
       SELECT count(*) FROM share_link
       WHERE owner_id = $3 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $8))
     RETURNING ${columns}`,
    [
      key,
      idHash,
      ownerId,
      name,
      JSON.stringify(state),
      places && JSON.stringify(places),
      scope,
      createdAt,
      expiresAt,
      most,
    ],
  );
  return rows[0] ?? null;
}

/** Somebody's own, newest first. */
export async function listShareLinks(asker: Asker, ownerId: string): Promise<readonly ShareLinkRow[]> {
  return asker.ask<ShareLinkRow>(
    `/* flowloom:share-links */ SELECT ${columns} FROM share_link WHERE owner_id = $1
     ORDER BY created_at DESC, key`,
    [ownerId],
  );
}

/** One of somebody's own that still opens; null where they have none of this key. */
export async function findOwnShareLink(
  asker: Asker,
  { key, ownerId, at }: { readonly key: string; readonly ownerId: string; readonly at: Date },
): Promise<ShareLinkRow | null> {
  const rows = await asker.ask<ShareLinkRow>(
    `/* flowloom:own-share-link */ SELECT ${columns} FROM share_link
     WHERE key = $1 AND owner_id = $2 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $3)`,
    [key, ownerId, at],
  );
  return rows[0] ?? null;
}

/** Revokes one of somebody's own; null where they have none. A second time keeps the first time. */
export async function revokeShareLink(
  asker: Asker,
  { key, ownerId, at }: { readonly key: string; readonly ownerId: string; readonly at: Date },
): Promise<ShareLinkRow | null> {
  const rows = await asker.ask<ShareLinkRow>(
    `/* flowloom:revoke-share-link */ UPDATE share_link SET revoked_at = coalesce(revoked_at, $3)
     WHERE key = $1 AND owner_id = $2 RETURNING ${columns}`,
    [key, ownerId, at],
  );
  return rows[0] ?? null;
}

/** A link that opens, with what is known of it. */
export type OpenShareLinkRow = Opened & {
  readonly ownerId: string;
  readonly sharedBy: string;
  readonly name: string;
  readonly state: unknown;
  readonly places: KeptPlaces | null;
  readonly scope: string;
  readonly createdAt: Date;
};

/** The link of this id, while it opens. */
export async function findShareLink(
  asker: Asker,
  idHash: Buffer,
  at: Date,
): Promise<OpenShareLinkRow | null> {
  const rows = await asker.ask<OpenShareLinkRow>(
    `/* flowloom:share-link */ SELECT key, owner_id AS "ownerId", email AS "sharedBy", share_link.name, state, places,
       scope, share_link.created_at AS "createdAt",
       coalesce(last_used_at > $2::timestamptz - interval '5 minutes', FALSE) AS "isNoted"
     FROM share_link JOIN app_user ON app_user.id = owner_id
     WHERE id_hash = $1 AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > $2)`,
    [idHash, at],
  );
  return rows[0] ?? null;
}
