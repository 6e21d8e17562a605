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
};

/** Everything there is: the operator of the machine, and whoever is bound to all clusters. */
export function wholeEstate(): Scope {
  return { isEstate: true, clusters: [], namespaceIds: [] } as unknown as Scope;
}

/** Some clusters and some namespaces; neither is nothing at all. */
export function limitedScope(limits: Pick<Scope, 'clusters' | 'namespaceIds'>): Scope {
  return { isEstate: false, ...limits } as unknown as Scope;
}
