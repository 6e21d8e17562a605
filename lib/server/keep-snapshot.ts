import { randomBytes } from 'node:crypto';
import { linkStateOf } from '#lib/contracts/link-state.ts';
import type { NewSnapshot, Snapshot, SnapshotLife } from '#lib/contracts/snapshots.ts';
import { buildScreenQuery, type ScreenState } from '#lib/contracts/url-state.ts';
import { insertSnapshot, type NewSnapshotRow, type SnapshotRow } from '#lib/db/snapshots.ts';
import { dayMs, type Span } from '#lib/kit/window.ts';
import { spanDocument } from './answer-window.ts';
import { pack } from './pack.ts';
import { type LinkStores, linkDates } from './share-links.ts';

/** More than anybody reports of. */
const mostSnapshots = 200;

/** A picture beyond this is of more than anybody reads; a thousand namespaces take a twentieth of it. */
const mostSnapshotBytes = 8 << 20;

const snapshotLivesMs: Readonly<Record<SnapshotLife, number>> = {
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
  '90d': 90 * dayMs,
  '365d': 365 * dayMs,
};

export type Made =
  | { readonly kind: 'made'; readonly snapshot: Snapshot }
  | { readonly kind: 'no-cluster' | 'too-large' | 'too-many' };

type Whose = Pick<NewSnapshot, 'name' | 'expires'> & { readonly ownerId: string };

/** What is frozen, and what is to be known of it without opening it. */
type Frozen = Pick<
  NewSnapshotRow,
  | 'kind'
  | 'audience'
  | 'cluster'
  | 'places'
  | 'scope'
  | 'clusters'
  | 'namespaces'
  | 'needsClusters'
  | 'needsNamespaces'
  | 'passwordHash'
> & { readonly screen: ScreenState; readonly window: Span; readonly document: unknown };

/** Packs a picture and keeps it under a new address. */
export async function keepSnapshot(
  { asker, ids }: Pick<LinkStores, 'asker' | 'ids'>,
  { ownerId, name, expires }: Whose,
  { screen, window, document, ...frozen }: Frozen,
  nowMs: number,
): Promise<Made> {
  const data = await pack(document);
  if (data.length > mostSnapshotBytes) return { kind: 'too-large' };
  const key = randomBytes(16).toString('base64url');
  const row = {
    ...frozen,
    key,
    idHash: ids.hashOf(ids.idOf(key)),
    ownerId,
    name,
    fromAt: new Date(window.fromMs),
    toAt: new Date(window.toMs),
    state: linkStateOf('graph', buildScreenQuery(screen)),
    data,
    createdAt: new Date(nowMs),
    expiresAt: new Date(nowMs + snapshotLivesMs[expires]),
  };
  const kept = await insertSnapshot(asker, row, mostSnapshots);
  if (kept === null) return { kind: 'too-many' };
  return { kind: 'made', snapshot: snapshotDocument(kept, ids, nowMs) };
}

/** A snapshot as its maker sees it. */
export function snapshotDocument(row: SnapshotRow, ids: LinkStores['ids'], nowMs: number): Snapshot {
  const { key, name, kind, audience, hasPassword, cluster, fromAt, toAt, bytes, expiresAt } = row;
  return {
    key,
    name,
    kind,
    audience,
    hasPassword,
    cluster,
    window: spanDocument({ fromMs: fromAt.getTime(), toMs: toAt.getTime() }),
    bytes,
    ...linkDates(row, ids, nowMs),
    expiresAt: expiresAt.toISOString(),
  };
}
