import { dayMs } from '#lib/kit/window.ts';

declare const made: unique symbol;

/** What is told of a namespaced far end: its namespace, or only that it is outside of the scope. */
export type FarEnd = 'namespace' | 'nothing';

/**
 * The namespaces that a viewer may see. The brand keeps every other module from writing one down:
 * a Scope exists only because a function of this file decided on it.
 */
export type Scope = {
  readonly [made]: true;
  /** True for the whole estate: every cluster, with edges that have no namespaced end. */
  readonly isEstate: boolean;
  /** Clusters seen whole, with edges that have no namespaced end. Empty for the whole estate. */
  readonly clusters: readonly string[];
  /** Ids of single namespaces in scope, those of `clusters` included. Empty for the whole estate. */
  readonly namespaceIds: readonly bigint[];
  /** Namespaces that are in scope only from an instant on; none of them is in `namespaceIds`. */
  readonly namespacesSince: readonly NamespaceSince[];
  readonly farEnd: FarEnd;
};

/** A namespace that was deleted and made anew: what was before belongs to somebody else. */
export type NamespaceSince = { readonly id: bigint; readonly sinceMs: number };

/** Everything there is: the operator of the machine, and whoever is bound to all clusters. */
export function wholeEstate(): Scope {
  return {
    isEstate: true,
    clusters: [],
    namespaceIds: [],
    namespacesSince: [],
    farEnd: 'namespace',
  } as unknown as Scope;
}

/**
 * Some clusters and some namespaces; neither is nothing at all. A namespace with an instant is seen from
 * the first UTC day that begins at it or later, also where it is listed without one: who answers for a
 * channel is elected by the day, so that part of a day cannot be told apart.
 */
export function limitedScope(
  limits: Pick<Scope, 'clusters' | 'namespaceIds'> & Partial<Pick<Scope, 'namespacesSince' | 'farEnd'>>,
): Scope {
  const since = new Map<bigint, number>();
  for (const { id, sinceMs } of limits.namespacesSince ?? []) {
    since.set(id, Math.max(since.get(id) ?? 0, Math.ceil(sinceMs / dayMs) * dayMs));
  }
  return {
    isEstate: false,
    clusters: limits.clusters,
    namespaceIds: limits.namespaceIds.filter((id) => !since.has(id)),
    namespacesSince: [...since].map(([id, sinceMs]) => ({ id, sinceMs })),
    farEnd: limits.farEnd ?? 'namespace',
  } as unknown as Scope;
}

/** Whether all that the one scope shows is in the other one, too. */
export function isWithin(narrow: Scope, wide: Scope): boolean {
  if (wide.isEstate) return true;
  if (narrow.isEstate || (narrow.farEnd === 'namespace' && wide.farEnd === 'nothing')) return false;
  const since = new Map(wide.namespacesSince.map(({ id, sinceMs }) => [id, sinceMs]));
  return (
    narrow.clusters.every((cluster) => wide.clusters.includes(cluster)) &&
    narrow.namespaceIds.every((id) => wide.namespaceIds.includes(id)) &&
    narrow.namespacesSince.every(
      ({ id, sinceMs }) => wide.namespaceIds.includes(id) || (since.get(id) ?? Infinity) <= sinceMs,
    )
  );
}

/** Whether facts of this namespace are in scope at an instant. */
export function isInScope(scope: Scope, namespaceId: bigint, atMs: number): boolean {
  if (scope.isEstate || scope.namespaceIds.includes(namespaceId)) return true;
  return scope.namespacesSince.some(({ id, sinceMs }) => id === namespaceId && atMs >= sinceMs);
}

/** The same scope, telling this of far ends. */
export function tellingOfFarEnds(scope: Scope, farEnd: FarEnd): Scope {
  return scope.isEstate || scope.farEnd === farEnd ? scope : limitedScope({ ...scope, farEnd });
}

/** What is in both scopes, telling of far ends what both tell. */
export function sharedScope(a: Scope, b: Scope): Scope {
  if (a.isEstate) return b;
  if (b.isEstate) return a;
  const ofOther = new Set([...b.namespaceIds, ...b.namespacesSince.map(({ id }) => id)]);
  const ids = new Set([...a.namespaceIds, ...a.namespacesSince.map(({ id }) => id)]);
  return limitedScope({
    clusters: a.clusters.filter((cluster) => b.clusters.includes(cluster)),
    namespaceIds: [...ids].filter((id) => ofOther.has(id)),
    // The later of two instants counts.
    namespacesSince: [...a.namespacesSince, ...b.namespacesSince].filter(
      ({ id }) => ofOther.has(id) && ids.has(id),
    ),
    farEnd: a.farEnd === 'nothing' || b.farEnd === 'nothing' ? 'nothing' : 'namespace',
  });
}
