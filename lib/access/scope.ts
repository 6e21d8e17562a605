declare const made: unique symbol;

/**
 * The namespaces that a viewer may see. The brand keeps every other module from writing one down:
 * a Scope exists only because a function of this file decided on it.
 */
export type Scope = {
  readonly [made]: true;
  /** True for the whole estate: every cluster, with edges that have no namespaced end. */
  readonly isEstate: boolean;
  /** Ids of the namespaces in scope where it is not the whole estate. */
  readonly namespaceIds: readonly bigint[];
};

/** Everything there is. Until people can sign in, the operator of this machine is the only viewer. */
export function wholeEstate(): Scope {
  return { isEstate: true, namespaceIds: [] } as unknown as Scope;
}
