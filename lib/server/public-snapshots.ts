import { readPublicPicture } from '#lib/contracts/frozen.ts';
import type { NewSnapshot, PublicSnapshot } from '#lib/contracts/snapshots.ts';
import { noteOpened } from '#lib/db/note-opened.ts';
import { findSnapshot, type OpenSnapshotRow } from '#lib/db/snapshots.ts';
import { noFilters } from '#lib/graph/filter-traffic.ts';
import { spanDocument } from './answer-window.ts';
import { keepSnapshot, type Made } from './keep-snapshot.ts';
import { unpack } from './pack.ts';
import { planAnswer } from './plan-answer.ts';
import { mayPublish, pictureQuestion, publicPicture, publicScope, publisherOf } from './public-picture.ts';
import { readGraph } from './read-graph.ts';
import { readFine } from './read-traffic.ts';
import type { LinkStores } from './share-links.ts';
import { readSharing } from './sharing-settings.ts';
import { covers, holdingsOf } from './snapshot-traffic.ts';
import { frozenState, type Maker } from './snapshots.ts';

export type MadePublic = Made | { readonly kind: 'switched-off' | 'not-allowed' };

/** Freezes one picture for whoever has its address. `passwordHash` null: the address is enough. */
export async function createPublicSnapshot(
  { reader, asker, ids }: LinkStores,
  maker: Maker,
  { name, query, expires, public: open }: NewSnapshot,
  passwordHash: string | null,
  nowMs: number,
): Promise<MadePublic> {
  if (open === undefined || !mayPublish(maker)) return { kind: 'not-allowed' };
  if (!(await readSharing(asker)).publicSnapshots) return { kind: 'switched-off' };
  const screen = frozenState(query, nowMs);
  const { cluster } = screen;
  if (cluster === null) return { kind: 'no-cluster' };
  const scope = publicScope(maker);
  const asked = pictureQuestion(screen, cluster, maker, nowMs);
  const window = await planAnswer(reader, scope, asked.window);
  const [graph, { rows }] = await Promise.all([
    readGraph(reader, scope, { ...asked, size: 'readable' }),
    readFine(reader, scope, { ...asked, level: 'workload', window, filters: noFilters, policies: null }),
  ]);
  const document = publicPicture(graph, screen, { ...open, lasting: null });
  const picture = {
    kind: 'public',
    audience: open.audience,
    cluster,
    screen,
    window: window.answered,
    places: null,
    scope: '',
    document,
    ...holdingsOf(rows),
    passwordHash,
  } as const;
  return keepSnapshot({ asker, ids }, { ownerId: maker.ownerId, name, expires }, picture, nowMs);
}

/** A public snapshot that opens at this moment, and what its password has to be checked with. */
export type FoundPublic = {
  readonly key: string;
  readonly cluster: string;
  readonly passwordHash: string | null;
  readonly read: () => Promise<PublicSnapshot | null>;
};

/**
 * The public snapshot of an id. null for one that is not there, is revoked, has run out, or whose maker lost what
 * they showed; and for all of them where the switch is off.
 */
export async function findPublicSnapshot(
  stores: LinkStores,
  id: string,
  nowMs: number,
): Promise<FoundPublic | null> {
  const { asker, ids } = stores;
  if (!(await readSharing(asker)).publicSnapshots) return null;
  const question = { idHash: ids.hashOf(id), kind: 'public', at: new Date(nowMs) } as const;
  const row = await findSnapshot(asker, question);
  if (row === null || !(await isMakerStillAllowed(stores, row))) return null;
  const { name, audience, data, fromAt, toAt, createdAt, expiresAt } = row;
  return {
    key: row.key,
    cluster: row.cluster,
    passwordHash: row.passwordHash,
    read: async () => {
      const graph = await unpack(data, readPublicPicture);
      if (graph === null) return null;
      await noteOpened(asker, 'snapshot', row, question.at);
      return {
        name,
        audience: audience ?? '',
        createdAt: createdAt.toISOString(),
        expiresAt: expiresAt.toISOString(),
        window: spanDocument({ fromMs: fromAt.getTime(), toMs: toAt.getTime() }),
        graph,
      };
    },
  };
}

async function isMakerStillAllowed(stores: LinkStores, row: OpenSnapshotRow): Promise<boolean> {
  const maker = await publisherOf(stores, row);
  const needs = { needsClusters: row.needsClusters, needsNamespaces: row.needsNamespaces.map(BigInt) };
  return mayPublish(maker) && covers(publicScope(maker), needs, row.fromAt.getTime());
}
