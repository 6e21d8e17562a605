import { isInScope, type Scope } from '#lib/access/scope.ts';
import { idOf } from '#lib/ingest/id63.ts';

/** Whether a cluster is seen as a whole. */
export function seesCluster({ isEstate, clusters }: Scope, cluster: string): boolean {
  return isEstate || clusters.includes(cluster);
}

/** Whether a namespace is in scope at a time (UTC milliseconds; null: now), whether or not there is one of the name. */
export function namespaceIsSeen(
  scope: Scope,
  cluster: string,
  namespace: string,
  atMs: number | null,
): boolean {
  if (seesCluster(scope, cluster)) return true;
  const id = BigInt(idOf('namespace', cluster, namespace).text);
  return isInScope(scope, id, atMs ?? Number.POSITIVE_INFINITY);
}

/** Whether something that ended then was of a namespace that has been made anew since: somebody else's. */
export function isOfFormerLife(
  scope: Scope,
  cluster: string,
  namespace: string,
  validTo: Date | null,
): boolean {
  if (validTo === null || namespace === '' || scope.namespacesSince.length === 0) return false;
  const id = BigInt(idOf('namespace', cluster, namespace).text);
  return scope.namespacesSince.some((one) => one.id === id && validTo.getTime() <= one.sinceMs);
}
