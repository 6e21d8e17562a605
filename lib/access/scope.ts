declare const made: unique symbol;

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
  /**
   * Namespaces that were deleted and made anew, none of `namespaceIds`: facts whose bucket (or start,
   * for a single flow) is before `sinceMs` are the former owners' and not in scope through them.
   */
  readonly namespacesSince: readonly NamespaceSince[];
};

export type NamespaceSince = { readonly id: bigint; readonly sinceMs: number };

type Limits = Pick<Scope, 'clusters' | 'namespaceIds'> & Partial<Pick<Scope, 'namespacesSince'>>;

/** Everything there is: the operator of the machine, and whoever is bound to all clusters. */
export function wholeEstate(): Scope {
  return { isEstate: true, clusters: [], namespaceIds: [], namespacesSince: [] } as unknown as Scope;
}

/** Some clusters and some namespaces; neither is nothing at all. */
export function limitedScope({ clusters, namespaceIds, namespacesSince = [] }: Limits): Scope {
  return { isEstate: false, clusters, namespaceIds, namespacesSince } as unknown as Scope;
}

/** Whether a fact of this namespace is in scope; `atMs` is the start of its bucket, or of the flow itself. */
export function isInScope(scope: Scope, namespaceId: bigint, atMs: number): boolean {
  if (scope.isEstate || scope.namespaceIds.includes(namespaceId)) return true;
  return scope.namespacesSince.some(({ id, sinceMs }) => id === namespaceId && atMs >= sinceMs);
}
