import type { Asker } from './auth-store.ts';
import type { Opened } from './note-opened.ts';
import type { KeptPlaces } from './positions.ts';

/** An embed as its maker sees it; it ends with its link. */
export type EmbedRow = {
  readonly key: string;
  readonly idHash: Buffer;
  readonly linkKey: string;
  /** What its link is called. */
  readonly name: string;
  readonly audience: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};

const columns = `embed.key, embed.id_hash AS "idHash", link_key AS "linkKey", share_link.name, audience,
  embed.created_at AS "createdAt", least(embed.expires_at, share_link.expires_at) AS "expiresAt",
  coalesce(embed.revoked_at, share_link.revoked_at) AS "revokedAt", embed.last_used_at AS "lastUsedAt"`;

const opens = `embed.revoked_at IS NULL AND share_link.revoked_at IS NULL
  AND least(embed.expires_at, share_link.expires_at)`;

export type NewEmbedRow = Pick<
  EmbedRow,
  'key' | 'idHash' | 'linkKey' | 'audience' | 'createdAt' | 'expiresAt'
> & { readonly scope: unknown };

/** Keeps an embed of a link, while it has fewer than `most` that still open; null where it has not. */
export async function insertEmbed(asker: Asker, row: NewEmbedRow, most: number): Promise<EmbedRow | null> {
  const rows = await asker.ask<EmbedRow>(
    `/* flowloom:insert-embed */ WITH embed AS (
       INSERT INTO embed (key, id_hash, link_key, audience, scope, created_at, expires_at)
       SELECT $1, $2, $3, $4, $5, $6, $7 WHERE $8 > (
         SELECT count(*) FROM embed WHERE link_key = $3 AND revoked_at IS NULL AND expires_at > $6)
       RETURNING *)
     SELECT ${columns} FROM embed JOIN share_link ON share_link.key = link_key`,
    [
      row.key,
      row.idHash,
      row.linkKey,
      row.audience,
      JSON.stringify(row.scope),
      row.createdAt,
      row.expiresAt,
      most,
    ],
  );
  return rows[0] ?? null;
}

/** Of somebody's own links, newest first. */
export async function listEmbedRows(asker: Asker, ownerId: string): Promise<readonly EmbedRow[]> {
  return asker.ask<EmbedRow>(
    `/* flowloom:embeds */ SELECT ${columns} FROM embed JOIN share_link ON share_link.key = link_key
     WHERE owner_id = $1 ORDER BY embed.created_at DESC, embed.key`,
    [ownerId],
  );
}

/** Revokes one of somebody's own; null where they have none. A second time keeps the first time. */
export async function revokeEmbed(
  asker: Asker,
  { key, ownerId, at }: { readonly key: string; readonly ownerId: string; readonly at: Date },
): Promise<EmbedRow | null> {
  const rows = await asker.ask<EmbedRow>(
    `/* flowloom:revoke-embed */ WITH embed AS (
       UPDATE embed SET revoked_at = coalesce(embed.revoked_at, $3) FROM share_link
       WHERE embed.key = $1 AND share_link.key = link_key AND owner_id = $2 RETURNING embed.*)
     SELECT ${columns} FROM embed JOIN share_link ON share_link.key = link_key`,
    [key, ownerId, at],
  );
  return rows[0] ?? null;
}

/** An embed that opens, with its link and its maker. */
export type OpenEmbedRow = Opened &
  Pick<EmbedRow, 'linkKey' | 'name' | 'audience' | 'expiresAt'> & {
    readonly linkIdHash: Buffer;
    readonly ownerId: string;
    readonly sharedBy: string;
    readonly state: unknown;
    readonly places: KeptPlaces | null;
    readonly scope: unknown;
  };

/** The embed of this id or key, while it and its link open. */
export async function findEmbed(
  asker: Asker,
  by: { readonly idHash: Buffer } | { readonly key: string },
  at: Date,
): Promise<OpenEmbedRow | null> {
  const [column, value] = 'key' in by ? ['key', by.key] : ['id_hash', by.idHash];
  const rows = await asker.ask<OpenEmbedRow>(
    `/* flowloom:embed */ SELECT embed.key, link_key AS "linkKey", share_link.name, audience,
       least(embed.expires_at, share_link.expires_at) AS "expiresAt", share_link.id_hash AS "linkIdHash",
       owner_id AS "ownerId", email AS "sharedBy", state, places, embed.scope,
       coalesce(embed.last_used_at > $2::timestamptz - interval '5 minutes', FALSE) AS "isNoted"
     FROM embed JOIN share_link ON share_link.key = link_key JOIN app_user ON app_user.id = owner_id
     WHERE embed.${column} = $1 AND ${opens} > $2`,
    [value, at],
  );
  return rows[0] ?? null;
}
