import { codeOf, wordOf } from '#lib/db/codes.ts';
import type { End } from '#lib/graph/model.ts';
import type { Parameters } from './parameters.ts';

/** By namespace, workloads and services of one namespace are one end; by workload each is its own. */
export type Grouping = 'namespace' | 'workload';

/** Columns of an end over `endpoint e` and `namespace n`; kind 0 is a namespace. */
export function endColumns(grouping: Grouping): string {
  if (grouping === 'workload') return 'e.cluster, e.kind::text AS kind, n.name AS ns, e.name';
  const isInside = 'e.kind IN (1, 2) AND e.namespace <> 0';
  return `e.cluster, CASE WHEN ${isInside} THEN '0' ELSE e.kind::text END AS kind, n.name AS ns,
    CASE WHEN ${isInside} THEN '' ELSE e.name END AS name`;
}

/** All endpoints with the ends that they are part of. */
export function endsSql(grouping: Grouping): string {
  return `SELECT e.id, ${endColumns(grouping)} FROM endpoint e LEFT JOIN namespace n ON n.id = e.namespace`;
}

/** Holds where the row `alias` of `endsSql` is part of the end. */
export function isEnd(alias: string, end: End, { add }: Parameters): string {
  const kind = end.kind === 'namespace' || end.kind === 'cluster' ? 0 : codeOf('endpointKind', end.kind);
  return `(${alias}.cluster = ${add(end.cluster)} AND ${alias}.kind = ${add(String(kind))}
    AND ${alias}.ns IS NOT DISTINCT FROM ${add(end.namespace)}::text AND ${alias}.name = ${add(end.name)})`;
}

/** Holds for a channel whose ends are the rows `s` and `d` of `endsSql`. */
export function isBetween([from, to]: readonly [End, End], params: Parameters): string {
  return `${isEnd('s', from, params)} AND ${isEnd('d', to, params)}`;
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
