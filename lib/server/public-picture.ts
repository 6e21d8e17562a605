import { createHash, randomBytes } from 'node:crypto';
import { type Access, scopeOf } from '#lib/access/access.ts';
import { type Scope, sharedScope } from '#lib/access/scope.ts';
import type { Person } from '#lib/access/viewer.ts';
import type { GraphDocument } from '#lib/contracts/graph.ts';
import type { ScreenState } from '#lib/contracts/url-state.ts';
import { groupsOf } from '#lib/db/users.ts';
import { parseFilter } from '#lib/filter/filter.ts';
import { depthOfState } from '#lib/graph/depth.ts';
import type { Filters } from '#lib/graph/filter-traffic.ts';
import { publicGraph } from '#lib/graph/frozen/public-graph.ts';
import { onlyExpression } from '#lib/graph/quick-filters.ts';
import { relatedEdges, withEdges } from '#lib/graph/related.ts';
import { edgeId } from './edge-id.ts';
import type { GraphQuery } from './read-graph.ts';
import { resolveAccess } from './resolve-access.ts';
import type { LinkStores } from './share-links.ts';
import { windowOf } from './told-link.ts';

type Publisher = { readonly access: Pick<Access, 'scope' | 'scopes' | 'rights' | 'policies'> };

/** What may leave without anybody signing in: what is read, exported and shared so. */
export function publicScope({ access }: Publisher): Scope {
  const { scope } = access;
  return sharedScope(sharedScope(scope, scopeOf(access, 'export')), scopeOf(access, 'share:public'));
}

export function mayPublish({ access: { rights } }: Publisher): boolean {
  return rights.has('export') && rights.has('share:public');
}

/** Whoever made something public, with what they may do at this moment, whether they are here or not. */
export async function publisherOf(
  { reader, asker }: Pick<LinkStores, 'reader' | 'asker'>,
  { ownerId, sharedBy }: { readonly ownerId: string; readonly sharedBy: string },
): Promise<Publisher> {
  const person: Person = {
    kind: 'person',
    userId: ownerId,
    email: sharedBy,
    groups: await groupsOf(asker, ownerId),
    authenticatedBy: 'session',
  };
  return { access: await resolveAccess(reader, person) };
}

/** What a screen asks for, of one cluster. */
export function pictureQuestion(
  screen: ScreenState,
  cluster: string,
  { access }: { readonly access: Pick<Access, 'policies'> },
  nowMs: number,
): GraphQuery & { readonly filters: Filters } {
  const { hide, only } = screen;
  return {
    window: windowOf(screen, nowMs),
    ...depthOfState({ ...screen, group: publicGroup(screen.group) }),
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

/**
 * A graph as anybody may see it, and of it what the screen showed. `lasting`: a secret that made names follow from, so
 * that the same machine is called the same in the next picture; null: names are counted, in an order of this one.
 */
export function publicPicture(
  graph: GraphDocument,
  screen: ScreenState,
  { hideNames, lasting }: { readonly hideNames: boolean; readonly lasting: string | null },
): GraphDocument {
  const salt = lasting ?? randomBytes(16);
  return publicGraph(onlyRelated(graph, screen), {
    edgeId,
    hideNames,
    shuffled: (id) => createHash('sha256').update(salt).update(id).digest('hex'),
    namesLast: lasting !== null,
  });
}

/** What touches the selection, where that alone was shown; nothing, where the selection is no part of what may leave. */
function onlyRelated(graph: GraphDocument, { only, selection }: ScreenState): GraphDocument {
  if (!only.related || selection === null) return graph;
  return withEdges(graph, relatedEdges(graph, selection));
}

/** Labels do not leave, and the value of one is the name of what is grouped by it. */
function publicGroup(group: ScreenState['group']): ScreenState['group'] {
  return group === null || group.startsWith('label') ? 'none' : group;
}
