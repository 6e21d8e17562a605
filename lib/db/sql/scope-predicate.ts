import type { Scope } from '#lib/access/scope.ts';
import type { Parameters } from './parameters.ts';

/** The first wall: a fact is visible when at least one of its ends is in scope; `at` says when it was. */
export function scopePredicate(scope: Scope, params: Parameters, at = 'bucket'): string {
  if (scope.isEstate) return 'TRUE';
  const { clusters, namespacesSince } = scope;
  const ids = params.add(scope.namespaceIds.map(String));
  const parts = [`src_ns = ANY(${ids}::bigint[])`, `dst_ns = ANY(${ids}::bigint[])`];
  for (const [fromMs, those] of Map.groupBy(namespacesSince, ({ sinceMs }) => sinceMs)) {
    const from = params.add(new Date(fromMs));
    const list = params.add(those.map(({ id }) => String(id)));
    parts.push(`(${at} >= ${from} AND (src_ns = ANY(${list}::bigint[]) OR dst_ns = ANY(${list}::bigint[])))`);
  }
  if (clusters.length > 0) {
    const whole = params.add([...clusters]);
    const outer = (end: string, ns: string): string => `(${ns} = 0 AND channel IN (
      SELECT c.id FROM channel c JOIN endpoint e ON e.id = c.${end} WHERE c.${ns} = 0 AND e.cluster = ANY(${whole}::text[])))`;
    parts.push(outer('source', 'src_ns'), outer('destination', 'dst_ns'));
  }
  return `(${parts.join(' OR ')})`;
}

/** The same for what tells of a cluster as a whole: collectors, nodes, batches, tokens. */
export function clusterPredicate(scope: Scope, { add }: Parameters, column = 'cluster'): string {
  return scope.isEstate ? 'TRUE' : `${column} = ANY(${add([...scope.clusters])}::text[])`;
}

/** Whether the viewer sees any cluster as a whole. */
export function seesClusters({ isEstate, clusters }: Scope): boolean {
  return isEstate || clusters.length > 0;
}
