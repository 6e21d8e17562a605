import { type Access, scopeOf } from '#lib/access/access.ts';
import { sharedScope } from '#lib/access/scope.ts';
import type { SnapshotPayload } from '#lib/contracts/frozen.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import { readLinkState } from '#lib/contracts/link-state.ts';
import type { NewSnapshot, OpenedSnapshot, Snapshot } from '#lib/contracts/snapshots.ts';
import { buildScreenQuery, parseScreenState, type ScreenState } from '#lib/contracts/url-state.ts';
import { noteOpened } from '#lib/db/note-opened.ts';
import { findSnapshot, listSnapshotRows, type OpenSnapshotRow, revokeSnapshot } from '#lib/db/snapshots.ts';
import { scopeKey } from '#lib/db/sql/scope-key.ts';
import { depthOfState } from '#lib/graph/depth.ts';
import { noFilters } from '#lib/graph/filter-traffic.ts';
import { toColumns } from '#lib/graph/frozen/columns.ts';
import { type Told, toldState } from '#lib/graph/told-state.ts';
import { spanDocument, windowDocument } from './answer-window.ts';
import { keepSnapshot, type Made, snapshotDocument } from './keep-snapshot.ts';
import { planAnswer } from './plan-answer.ts';
import { placesOf } from './positions.ts';
import { readCompleteness } from './read-completeness.ts';
import { readFine } from './read-traffic.ts';
import type { LinkStores } from './share-links.ts';
import {
  frozenGraph,
  holdingsOf,
  type SeenSnapshot,
  type SnapshotQuestion,
  seenSnapshot,
} from './snapshot-traffic.ts';
import { namesDrawn, seesTheSame, toldOf, toldOfPolicies, windowOf } from './told-link.ts';
import { placesAmong } from './told-places.ts';

export type Maker = {
  readonly access: Pick<Access, 'scope' | 'scopes' | 'rights' | 'policies'>;
  readonly ownerId: string;
};

/** The state of a snapshot: its window stands still, and it came by no link. */
export function frozenState(query: string, nowMs: number): ScreenState {
  const screen = parseScreenState(new URLSearchParams(query));
  const range = { kind: 'fixed', ...windowOf(screen, nowMs) } as const;
  return { ...screen, range, isLive: false, replay: null, compare: null, overlay: '', via: null };
}

/** Freezes what somebody may share of a window, for readers who sign in. */
export async function createSnapshot(
  { reader, asker, ids }: LinkStores,
  { access, ownerId }: Maker,
  { name, query, expires }: NewSnapshot,
  nowMs: number,
): Promise<Made> {
  const screen = frozenState(query, nowMs);
  const { cluster, layout } = screen;
  if (cluster === null) return { kind: 'no-cluster' };
  const scope = sharedScope(access.scope, scopeOf(access, 'share'));
  const window = await planAnswer(reader, scope, windowOf(screen, nowMs));
  const clusters = [cluster];
  const [{ rows }, completeness, scopeText, places] = await Promise.all([
    readFine(reader, scope, {
      level: 'workload',
      window,
      clusters,
      namespaces: null,
      filters: noFilters,
      policies: null,
    }),
    readCompleteness(reader, scope, window, clusters),
    scopeKey(reader, scope),
    placesOf(reader, access.scope, { cluster, layout }),
  ]);
  const payload: SnapshotPayload = {
    window: windowDocument(window),
    completeness,
    rows: toColumns(rows, window.answered.fromMs),
  };
  const picture = {
    kind: 'signed-in',
    audience: null,
    cluster,
    screen,
    window: window.answered,
    places,
    scope: scopeText,
    document: payload,
    ...holdingsOf(rows),
    // Whoever opens it is asked what they see; its maker may see less by then.
    needsClusters: [],
    needsNamespaces: [],
    passwordHash: null,
  } as const;
  return keepSnapshot({ asker, ids }, { ownerId, name, expires }, picture, nowMs);
}

/** One's own, newest first. */
export async function listSnapshots(
  { asker, ids }: Pick<LinkStores, 'asker' | 'ids'>,
  ownerId: string,
  nowMs: number,
): Promise<{ readonly snapshots: readonly Snapshot[] }> {
  const rows = await listSnapshotRows(asker, ownerId);
  return { snapshots: rows.map((row) => snapshotDocument(row, ids, nowMs)) };
}

/** Ends one of one's own, with what is in it; null where one has none of this key. */
export async function endSnapshot(
  { asker, ids }: Pick<LinkStores, 'asker' | 'ids'>,
  ownerId: string,
  key: string,
  nowMs: number,
): Promise<Snapshot | null> {
  const row = await revokeSnapshot(asker, { key, ownerId, at: new Date(nowMs) });
  return row && snapshotDocument(row, ids, nowMs);
}

type Reading = { readonly access: Pick<Access, 'scope' | 'policies'>; readonly ownerId: string };

/** What was frozen, for whoever opens it; null for one that is not there, is revoked or has run out. */
export async function openSnapshot(
  stores: LinkStores,
  reading: Reading,
  id: string,
  nowMs: number,
): Promise<OpenedSnapshot | null> {
  const found = await findSeen(stores, reading, id, nowMs);
  if (found === null) return null;
  const { row, seen, screen, isSame } = found;
  const isOwner = row.ownerId === reading.ownerId;
  const state = isSame
    ? toldOfPolicies(screen, { access: reading.access, isOwner })
    : { ...toldState(screen, toldBy(seen, screen, row.cluster)), cluster: row.cluster };
  return {
    name: row.name,
    sharedBy: row.sharedBy,
    isOwn: isOwner,
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    cluster: row.cluster,
    window: spanDocument({ fromMs: row.fromAt.getTime(), toMs: row.toAt.getTime() }),
    query: buildScreenQuery(state),
    places: placesAmong(row.places, isSame ? null : drawnBy(seen, state)),
  };
}

/** The graph of a snapshot, as its reader may see it; null as above. */
export async function snapshotGraph(
  stores: LinkStores,
  reading: Reading,
  { id, ...question }: SnapshotQuestion & { readonly id: string },
  nowMs: number,
): Promise<GraphDocument | null> {
  const found = await findSeen(stores, reading, id, nowMs);
  return found && frozenGraph(found.seen, question);
}

/** What a reader is shown of a snapshot, with the edges and groups as its maker drew them. */
function toldBy(seen: SeenSnapshot, screen: ScreenState, cluster: string): Told {
  const fine = frozenGraph(seen, { level: 'workload', filters: noFilters, size: 'whole' });
  return toldOf([cluster], fine, namesDrawn(screen) ? drawnBy(seen, screen) : fine);
}

function drawnBy(seen: SeenSnapshot, screen: ScreenState): GraphDocument {
  return frozenGraph(seen, { ...depthOfState(screen), filters: noFilters, size: 'whole' });
}

async function findSeen(
  { reader, asker, ids }: LinkStores,
  { access: { scope } }: Reading,
  id: string,
  nowMs: number,
) {
  const question = { idHash: ids.hashOf(id), kind: 'signed-in', at: new Date(nowMs) } as const;
  const row: OpenSnapshotRow | null = await findSnapshot(asker, question);
  const state = row && readLinkState(row.state);
  if (row === null || state === null) return null;
  const isSame = await seesTheSame(reader, scope, row.scope);
  const seen = await seenSnapshot(row.data, scope, { seesTheSame: isSame });
  // Whoever sees no part of it is told that there is none, as of what is not there.
  if (seen === null || (seen.rows.length === 0 && !isSame)) return null;
  await noteOpened(asker, 'snapshot', row, question.at);
  return { row, seen, isSame, screen: parseScreenState(new URLSearchParams(state.query)) };
}
