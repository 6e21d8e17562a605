import type { KnownNamespaces } from '#lib/access/known-namespaces.ts';
import { limitedScope, type Scope, sharedScope, wholeEstate } from '#lib/access/scope.ts';
import { type KeptScope, readKeptScope } from '#lib/contracts/kept-scope.ts';

/** A scope as it is stored. */
export function keptScope({ isEstate, clusters, namespaceIds, namespacesSince, farEnd }: Scope): KeptScope {
  if (isEstate) return { v: 1, estate: true };
  return {
    v: 1,
    estate: false,
    clusters: [...clusters],
    namespaces: namespaceIds.map(String),
    since: namespacesSince.map(({ id, sinceMs }) => [String(id), sinceMs]),
    farEnd,
  };
}

/**
 * What is in a scope now and was in the stored one, where a whole cluster stands for the namespaces that are new in
 * it too; nothing, where nobody can read what was stored.
 */
export function withinKept(now: Scope, stored: unknown, known: KnownNamespaces): Scope {
  const kept = readKeptScope(stored);
  if (kept === null) return limitedScope({ clusters: [], namespaceIds: [] });
  if (kept.estate) return sharedScope(now, wholeEstate());
  const { clusters, namespaces, since, farEnd } = kept;
  const newSince = clusters.flatMap((cluster) =>
    [...known.ofCluster(cluster).byName.values()].map(({ id }) => id),
  );
  const then = limitedScope({
    clusters,
    namespaceIds: [...new Set([...namespaces.map(BigInt), ...newSince])],
    namespacesSince: since.map(([id, sinceMs]) => ({ id: BigInt(id), sinceMs })),
    farEnd,
  });
  return sharedScope(now, then);
}

/** Whether a scope shows nothing at all. */
export function isNothing({ isEstate, clusters, namespaceIds, namespacesSince }: Scope): boolean {
  return !isEstate && clusters.length + namespaceIds.length + namespacesSince.length === 0;
}
