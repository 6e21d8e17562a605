import { createHash, randomBytes } from 'node:crypto';
import { scopeOf } from '#lib/access/access.ts';
import { type Scope, sharedScope } from '#lib/access/scope.ts';
import type { Person } from '#lib/access/viewer.ts';
import { readPublicPicture } from '#lib/contracts/frozen.ts';
import type { NewSnapshot, PublicSnapshot } from '#lib/contracts/snapshots.ts';
import type { ScreenState } from '#lib/contracts/url-state.ts';
import { findSnapshot, noteOpened, type OpenSnapshotRow } from '#lib/db/snapshots.ts';
import { groupsOf } from '#lib/db/users.ts';
import { parseFilter } from '#lib/filter/filter.ts';
import { type Filters, noFilters } from '#lib/graph/filter-traffic.ts';
import { publicGraph } from '#lib/graph/frozen/public-graph.ts';
import { onlyExpression } from '#lib/graph/quick-filters.ts';
import { relatedEdges, withEdges } from '#lib/graph/related.ts';
import { spanDocument } from './answer-window.ts';
import { edgeId } from './edge-id.ts';
import { keepSnapshot, type Made } from './keep-snapshot.ts';
import { unpack } from './pack.ts';
import { planAnswer } from './plan-answer.ts';
import { type GraphQuery, readGraph } from './read-graph.ts';
import { readFine } from './read-traffic.ts';
import { resolveAccess } from './resolve-access.ts';
import type { LinkStores } from './share-links.ts';
import { readSharing } from './sharing-settings.ts';
import { covers, holdingsOf } from './snapshot-traffic.ts';
import { frozenState, type Maker } from './snapshots.ts';
import { windowOf } from './told-link.ts';

export type MadePublic = Made | { readonly kind: 'switched-off' | 'not-allowed' };

/** What may leave without anybody signing in: what is read, exported and shared so. */
function publicScope({ access }: Maker): Scope {
  const { scope } = access;
  return sharedScope(sharedScope(scope, scopeOf(access, 'export')), scopeOf(access, 'share:public'));
}

function mayPublish({ access: { rights } }: Pick<Maker, 'access'>): boolean {
  return rights.has('export') && rights.has('share:public');
}

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
  const asked = questionOf(screen, cluster, maker, nowMs);
  const window = await planAnswer(reader, scope, asked.window);
  const [graph, { rows }] = await Promise.all([
    readGraph(reader, scope, { ...asked, size: 'readable' }),
    readFine(reader, scope, { ...asked, level: 'workload', window, filters: noFilters, policies: null }),
  ]);
  const salt = randomBytes(16);
  const document = publicGraph(onlyRelated(graph, screen), {
    edgeId,
    hideNames: open.hideNames,
    shuffled: (id) => createHash('sha256').update(salt).update(id).digest('hex'),
  });
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

function questionOf(
  screen: ScreenState,
  cluster: string,
  { access }: Maker,
  nowMs: number,
): GraphQuery & { readonly filters: Filters } {
  const { level, expanded: expand, layers, hide, only } = screen;
  return {
    window: windowOf(screen, nowMs),
    level,
    expand,
    layers,
    clusters: [cluster],
    namespaces: null,
    filters: { hide: filterOf(hide), show: filterOf(onlyExpression(only)) },
    policies: access.policies,
  };
}

/** What is no filter filters nothing, as on the screen. */
function filterOf(text: string) {
  const parsed = parseFilter(text);
  return parsed.ok ? parsed.value : null;
}

/** What touches the selection, where that alone was shown; nothing, where the selection is no part of what may leave. */
function onlyRelated<T extends PublicSnapshot['graph']>(graph: T, { only, selection }: ScreenState): T {
  if (!only.related || selection === null) return graph;
  return withEdges(graph, relatedEdges(graph, selection));
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
      await noteOpened(asker, row, question.at);
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

async function isMakerStillAllowed({ reader, asker }: LinkStores, row: OpenSnapshotRow): Promise<boolean> {
  const person: Person = {
    kind: 'person',
    userId: row.ownerId,
    email: row.sharedBy,
    groups: await groupsOf(asker, row.ownerId),
    authenticatedBy: 'session',
  };
  const maker = { access: await resolveAccess(reader, person), ownerId: row.ownerId };
  const needs = { needsClusters: row.needsClusters, needsNamespaces: row.needsNamespaces.map(BigInt) };
  return mayPublish(maker) && covers(publicScope(maker), needs, row.fromAt.getTime());
}
