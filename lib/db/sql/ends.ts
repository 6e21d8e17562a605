import { wordOf } from '#lib/db/codes.ts';
import type { End } from '#lib/graph/model.ts';

/** By namespace, workloads and services of one namespace are one end; by workload each is its own. */
export type Grouping = 'namespace' | 'workload';

/** Columns of an end over `endpoint e` and `namespace n`; kind 0 is a namespace. */
export function endColumns(grouping: Grouping): string {
  if (grouping === 'workload') return 'e.cluster, e.kind::text AS kind, n.name AS ns, e.name';
  const isInside = 'e.kind IN (1, 2) AND e.namespace <> 0';
  return `e.cluster, CASE WHEN ${isInside} THEN '0' ELSE e.kind::text END AS kind, n.name AS ns,
    CASE WHEN ${isInside} THEN '' ELSE e.name END AS name`;
}

/** Reads the columns of an end under a prefix. */
export function readEnd(row: Readonly<Record<string, unknown>>, side: 'source' | 'target'): End {
  const kind = Number(row[`${side}_kind`]);
  const namespace = row[`${side}_ns`];
  return {
    cluster: String(row[`${side}_cluster`]),
    kind: kind === 0 ? 'namespace' : wordOf('endpointKind', kind),
    namespace: typeof namespace === 'string' ? namespace : null,
    name: String(row[`${side}_name`]),
  };
}
