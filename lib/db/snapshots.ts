import type { Asker } from './auth-store.ts';
import type { Opened } from './note-opened.ts';
import type { KeptPlaces } from './positions.ts';

/** A snapshot as its maker sees it, without what is in it. */
export type SnapshotRow = {
  readonly key: string;
  readonly idHash: Buffer;
  readonly name: string;
  readonly kind: 'signed-in' | 'public';
  readonly audience: string | null;
  readonly hasPassword: boolean;
  readonly cluster: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly bytes: number;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly revokedAt: Date | null;
  readonly lastUsedAt: Date | null;
};

const columns = `key, id_hash AS "idHash", name, kind, audience, password_hash IS NOT NULL AS "hasPassword", cluster,
  from_at AS "fromAt", to_at AS "toAt", octet_length(data) AS bytes, created_at AS "createdAt",
  expires_at AS "expiresAt", revoked_at AS "revokedAt", last_used_at AS "lastUsedAt"`;

export type NewSnapshotRow = Pick<
  SnapshotRow,
  'key' | 'idHash' | 'name' | 'kind' | 'audience' | 'cluster' | 'fromAt' | 'toAt' | 'createdAt' | 'expiresAt'
> & {
  readonly ownerId: string;
  readonly state: unknown;
  readonly places: KeptPlaces | null;
  readonly scope: string;
  readonly data: Buffer;
  readonly clusters: readonly string[];
  readonly namespaces: readonly string[];
  readonly passwordHash: string | null;
  readonly needsClusters: readonly string[];
  readonly needsNamespaces: readonly bigint[];
};

/** Keeps a snapshot, while its owner has fewer than `most` that still open; null where they have not. */
export async function insertSnapshot(
  asker: Asker,
  row: NewSnapshotRow,
  most: number,
): Promise<SnapshotRow | null> {
  const rows = await asker.ask<SnapshotRow>(
    `/* flowloom:insert-snapshot */ INSERT INTO snapshot (key, id_hash, owner_id, name, kind, audience, cluster, from_at,
       to_at, state, places, scope, data, clusters, namespaces, password_hash, needs_clusters, needs_namespaces,
       created_at, expires_at)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18::bigint[], $19, $20
     WHERE $21 > (SELECT count(*) FROM snapshot WHERE owner_id = $3 AND revoked_at IS NULL AND expires_at > $19)
     RETURNING ${columns}`,
    [
      row.key,
      row.idHash,
      row.ownerId,
      row.name,
      row.kind,
      row.audience,
      row.cluster,
      row.fromAt,
      row.toAt,
      JSON.stringify(row.state),
      row.places && JSON.stringify(row.places),
      row.scope,
      row.data,
      [...row.clusters],
      [...row.namespaces],
      row.passwordHash,
      [...row.needsClusters],
      row.needsNamespaces.map(String),
      row.createdAt,
      row.expiresAt,
      most,
    ],
  );
  return rows[0] ?? null;
}

/** Somebody's own, newest first. */
export async function listSnapshotRows(asker: Asker, ownerId: string): Promise<readonly SnapshotRow[]> {
  return asker.ask<SnapshotRow>(
    `/* flowloom:snapshots */ SELECT ${columns} FROM snapshot WHERE owner_id = $1 ORDER BY created_at DESC, key`,
    [ownerId],
  );
}

/** Revokes one of somebody's own, and what was in it goes; null where they have none. */
export async function revokeSnapshot(
  asker: Asker,
  { key, ownerId, at }: { readonly key: string; readonly ownerId: string; readonly at: Date },
): Promise<SnapshotRow | null> {
  const rows = await asker.ask<SnapshotRow>(
    `/* flowloom:revoke-snapshot */ UPDATE snapshot SET revoked_at = coalesce(revoked_at, $3), data = '', places = NULL
     WHERE key = $1 AND owner_id = $2 RETURNING ${columns}`,
    [key, ownerId, at],
  );
  return rows[0] ?? null;
}

export type OpenSnapshotRow = Opened & {
  readonly ownerId: string;
  readonly sharedBy: string;
  readonly name: string;
  readonly cluster: string;
  readonly fromAt: Date;
  readonly toAt: Date;
  readonly state: unknown;
  readonly places: KeptPlaces | null;
  readonly scope: string;
  readonly data: Buffer;
  readonly audience: string | null;
  readonly passwordHash: string | null;
  readonly needsClusters: readonly string[];
  readonly needsNamespaces: readonly string[];
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/** The snapshot of this id and kind, while it opens. */
export async function findSnapshot(
  asker: Asker,
  { idHash, kind, at }: { readonly idHash: Buffer; readonly kind: SnapshotRow['kind']; readonly at: Date },
): Promise<OpenSnapshotRow | null> {
  const rows = await asker.ask<OpenSnapshotRow>(
    `/* flowloom:snapshot */ SELECT key, owner_id AS "ownerId", email AS "sharedBy", snapshot.name, cluster,
       from_at AS "fromAt", to_at AS "toAt", state, places, scope, data, audience, password_hash AS "passwordHash",
       needs_clusters AS "needsClusters", needs_namespaces::text[] AS "needsNamespaces",
       snapshot.created_at AS "createdAt", expires_at AS "expiresAt",
       coalesce(last_used_at > $3::timestamptz - interval '5 minutes', FALSE) AS "isNoted"
     FROM snapshot JOIN app_user ON app_user.id = owner_id
     WHERE id_hash = $1 AND kind = $2 AND revoked_at IS NULL AND expires_at > $3`,
    [idHash, kind, at],
  );
  return rows[0] ?? null;
}

/** Deletes for good what holds traffic of a cluster or of one of its namespaces from before a time; null: of any. */
export async function purgeSnapshots(
  asker: Asker,
  {
    cluster,
    namespace,
    before,
  }: { readonly cluster: string; readonly namespace: string | null; readonly before: Date | null },
): Promise<number> {
  return asker.change(
    `/* flowloom:purge-snapshots */ DELETE FROM snapshot WHERE $1 = ANY(clusters)
       AND ($2::text IS NULL OR $1 || '/' || $2 = ANY(namespaces)) AND ($3::timestamptz IS NULL OR from_at < $3)`,
    [cluster, namespace, before],
  );
}
