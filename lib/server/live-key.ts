import type { PolicyRights } from '#lib/access/policy-rights.ts';
import type { Scope } from '#lib/access/scope.ts';

/** Everything that an answer depends on of whoever asks: two readers with one text may be told the same. */
export function accessKey(scope: Scope, policies: PolicyRights | null): string {
  const { isEstate, clusters, namespaceIds, namespacesSince, farEnd } = scope;
  return JSON.stringify([
    isEstate,
    clusters.toSorted(),
    namespaceIds.map(String).toSorted(),
    namespacesSince.map(({ id, sinceMs }) => `${id} ${sinceMs}`).toSorted(),
    farEnd,
    policies && [
      policies.isEstate,
      [...policies.clusters].toSorted(),
      [...policies.namespaces].toSorted(),
      [...policies.rules]
        .map(([cluster, { everywhere, byNamespace }]) => [
          cluster,
          everywhere,
          [...byNamespace].toSorted(byFirst),
        ])
        .toSorted(byFirst),
    ],
  ]);
}

function byFirst(a: readonly unknown[], b: readonly unknown[]): number {
  const [left, right] = [String(a[0]), String(b[0])];
  return left < right ? -1 : Number(left > right);
}
