import { randomBytes } from 'node:crypto';
import type { Access } from '#lib/access/access.ts';
import { linkStateOf, readLinkState } from '#lib/contracts/link-state.ts';
import type { LinkLife, NewLink, OpenedLink, ShareLink } from '#lib/contracts/links.ts';
import type { Places } from '#lib/contracts/positions.ts';
import { parseScreenState } from '#lib/contracts/url-state.ts';
import type { Asker } from '#lib/db/auth-store.ts';
import { noteOpened } from '#lib/db/note-opened.ts';
import type { Reader } from '#lib/db/reader.ts';
import {
  findShareLink,
  insertShareLink,
  listShareLinks,
  type OpenShareLinkRow,
  revokeShareLink,
  type ShareLinkRow,
} from '#lib/db/share-links.ts';
import { scopeKey } from '#lib/db/sql/scope-key.ts';
import { dayMs } from '#lib/kit/window.ts';
import { placesOf } from './positions.ts';
import { seesTheSame, toldQuery } from './told-link.ts';
import { toldPlaces } from './told-places.ts';

/** More than anybody keeps in order. */
const mostLinks = 500;

const livesMs: Readonly<Record<LinkLife, number | null>> = {
  '7d': 7 * dayMs,
  '30d': 30 * dayMs,
  '90d': 90 * dayMs,
  revoked: null,
};

/** How an id is made of a key, and what is kept of it: the secret of the server is nothing of ours. */
export type LinkIds = { readonly idOf: (key: string) => string; readonly hashOf: (id: string) => Buffer };

export type LinkStores = { readonly reader: Reader; readonly asker: Asker; readonly ids: LinkIds };

type Whose = { readonly access: Pick<Access, 'scope' | 'policies'>; readonly ownerId: string };

/** Keeps a link to what somebody sees; null where they have as many as one may have. */
export async function createLink(
  { reader, asker, ids }: LinkStores,
  { access: { scope }, ownerId }: Whose,
  { name, page, query, expires }: NewLink,
  nowMs: number,
): Promise<ShareLink | null> {
  const state = linkStateOf(page, query);
  const { cluster, layout } = parseScreenState(new URLSearchParams(state.query));
  const [key, places] = await Promise.all([
    scopeKey(reader, scope),
    page === 'graph' && cluster !== null ? placesOf(reader, scope, { cluster, layout }) : null,
  ]);
  const linkKey = randomBytes(16).toString('base64url');
  const lifeMs = livesMs[expires];
  const link = {
    key: linkKey,
    idHash: ids.hashOf(ids.idOf(linkKey)),
    ownerId,
    name,
    state,
    places,
    scope: key,
    createdAt: new Date(nowMs),
    expiresAt: lifeMs === null ? null : new Date(nowMs + lifeMs),
  };
  const kept = await insertShareLink(asker, link, mostLinks);
  return kept && linkDocument(kept, ids, nowMs);
}

/** One's own, newest first. */
export async function listLinks(
  { asker, ids }: Pick<LinkStores, 'asker' | 'ids'>,
  ownerId: string,
  nowMs: number,
): Promise<{ readonly links: readonly ShareLink[] }> {
  const rows = await listShareLinks(asker, ownerId);
  return { links: rows.map((row) => linkDocument(row, ids, nowMs)) };
}

/** Ends one of one's own; null where one has none of this key. */
export async function endLink(
  { asker, ids }: Pick<LinkStores, 'asker' | 'ids'>,
  ownerId: string,
  key: string,
  nowMs: number,
): Promise<ShareLink | null> {
  const row = await revokeShareLink(asker, { key, ownerId, at: new Date(nowMs) });
  return row && linkDocument(row, ids, nowMs);
}

function linkDocument(row: ShareLinkRow, ids: LinkIds, nowMs: number): ShareLink {
  const { key, name, state } = row;
  return { key, name, page: readLinkState(state)?.page ?? 'graph', ...linkDates(row, ids, nowMs) };
}

type Dated = Pick<ShareLinkRow, 'key' | 'idHash' | 'createdAt' | 'expiresAt' | 'revokedAt' | 'lastUsedAt'>;

/** What is told of everything that has an id: the id itself, while the secret is the one it was made with, and its times. */
export function linkDates(
  { key, idHash, createdAt, expiresAt, revokedAt, lastUsedAt }: Dated,
  { idOf, hashOf }: LinkIds,
  nowMs: number,
) {
  const id = idOf(key);
  const isOver = expiresAt !== null && expiresAt.getTime() <= nowMs;
  const state: ShareLink['state'] = revokedAt !== null ? 'revoked' : isOver ? 'expired' : 'active';
  return {
    id: hashOf(id).equals(idHash) ? id : null,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    state,
  };
}

/** Where a link leads whoever opens it; null for one that is not there, is revoked or has run out. */
export async function openLink(
  stores: LinkStores,
  whose: Whose,
  id: string,
  nowMs: number,
): Promise<OpenedLink | null> {
  const found = await findOpen(stores, whose, id, nowMs);
  if (found === null) return null;
  const { row, state, by } = found;
  return {
    name: row.name,
    sharedBy: row.sharedBy,
    isOwn: by.isOwner,
    createdAt: row.createdAt.toISOString(),
    page: state.page,
    query: await toldQuery(state, by),
  };
}

/** Where the nodes stood for whoever made a link: those that its reader's own graph has; null as above. */
export async function linkPlaces(
  stores: LinkStores,
  whose: Whose,
  id: string,
  nowMs: number,
): Promise<Places | null> {
  const found = await findOpen(stores, whose, id, nowMs);
  if (found === null) return null;
  return toldPlaces(found.row.places, found.state, found.by);
}

async function findOpen(
  { reader, asker, ids }: LinkStores,
  { access, ownerId }: Whose,
  id: string,
  nowMs: number,
) {
  const at = new Date(nowMs);
  const row: OpenShareLinkRow | null = await findShareLink(asker, ids.hashOf(id), at);
  const state = row && readLinkState(row.state);
  if (row === null || state === null) return null;
  await noteOpened(asker, 'share_link', row, at);
  const isSame = await seesTheSame(reader, access.scope, row.scope);
  const isOwner = row.ownerId === ownerId;
  return { row, state, by: { reader, access, seesTheSame: isSame, isOwner, nowMs } };
}
