import { reservedHosts } from '#lib/access/redact.ts';
import type { Scope } from '#lib/access/scope.ts';
import { codeOf, wordOf } from '#lib/db/codes.ts';
import type { EndpointKind } from '#lib/flows/flow-record.ts';
import type { Depth } from '#lib/graph/depth.ts';
import type { DrawnEnd, End, ServedPort } from '#lib/graph/model.ts';
import type { Parameters } from './parameters.ts';
import { writePort } from './readings.ts';

/**
 * By namespace, workloads and services of one namespace are one end; by workload each is its own. `opened`
 * are the ids of the namespaces of which they are told apart.
 */
export type Grouping = 'namespace' | 'workload' | { readonly opened: readonly string[] };

/** What has to be told apart for a graph that goes so far down. */
export function groupingOf({ level, expanded }: Depth): Grouping {
  if (level === 'workload' || level === 'port') return 'workload';
  return expanded.size === 0 ? 'namespace' : { opened: [...expanded] };
}

// What the viewer may not know; the codes of endpoint kinds are above 0, and 0 is a namespace.
const outsideCode = '-1';

const sides = [
  { side: 'source', end: 's', far: 'fs', column: 'source', ns: 'src_ns' },
  { side: 'target', end: 'd', far: 'fd', column: 'destination', ns: 'dst_ns' },
] as const;

/**
 * The endpoints that the viewer may know, with the ends that they are part of: their own, and what has no
 * namespace and names nobody. `own_from` is when it came into scope: null for what is never in scope.
 */
export function endsSql(scope: Scope, grouping: Grouping, params: Parameters): string {
  const isRunning = 'e.kind IN (1, 2) AND e.namespace <> 0';
  const isInside =
    typeof grouping === 'string'
      ? isRunning
      : `${isRunning} AND NOT e.cluster || '/namespace/' || n.name = ANY(${params.add([...grouping.opened])}::text[])`;
  const columns =
    grouping === 'workload'
      ? 'e.cluster, e.kind::text AS kind, n.name AS ns, e.name'
      : `e.cluster, CASE WHEN ${isInside} THEN '0' ELSE e.kind::text END AS kind, n.name AS ns,
        CASE WHEN ${isInside} THEN '' ELSE e.name END AS name`;
  return `SELECT e.id, ${columns}, ${ownFrom(scope, params)} AS own_from
    FROM endpoint e LEFT JOIN namespace n ON n.id = e.namespace WHERE ${isKnown(scope, params)}`;
}

function ownFrom(scope: Scope, params: Parameters): string {
  if (scope.isEstate) return `'-infinity'::timestamptz`;
  const since = [...Map.groupBy(scope.namespacesSince, ({ sinceMs }) => sinceMs)].map(
    ([fromMs, those]) =>
      `WHEN e.namespace = ANY(${idList(
        those.map(({ id }) => id),
        params,
      )}) THEN ${params.add(new Date(fromMs))}::timestamptz`,
  );
  return `CASE WHEN e.namespace = ANY(${idList(scope.namespaceIds, params)}) THEN '-infinity'::timestamptz
    ${since.join(' ')} WHEN e.namespace = 0 AND e.cluster = ANY(${params.add([...scope.clusters])}::text[]) THEN '-infinity' END`;
}

function isKnown(scope: Scope, params: Parameters): string {
  if (scope.isEstate) return 'TRUE';
  const ids = [...scope.namespaceIds, ...scope.namespacesSince.map(({ id }) => id)];
  const namesNobody = (['domain', 'network', 'unknown'] as const).map((kind) => codeOf('endpointKind', kind));
  return `(e.namespace = ANY(${idList(ids, params)}) OR (e.namespace = 0 AND (
    e.cluster = ANY(${params.add([...scope.clusters])}::text[]) OR e.kind IN (${namesNobody.join(', ')})
    OR (e.kind = ${codeOf('endpointKind', 'host')} AND e.name = ANY(${params.add([...reservedHosts])}::text[])))))`;
}

function idList(ids: readonly bigint[], { add }: Parameters): string {
  return `${add(ids.map(String))}::bigint[]`;
}

/** Joins the ends of `channel ch` as they are seen of facts of the instant `at`; `ends` are those of `endsSql`. */
export function endJoins(scope: Scope, at: string): string {
  // A namespace that came into scope was a far end before; of all others the instant does not matter.
  const isOpen = (end: string): string =>
    scope.namespacesSince.length === 0 ? '' : ` AND (${end}.own_from IS NULL OR ${at} >= ${end}.own_from)`;
  return sides
    .map(({ end, far, column, ns }) => {
      const isTold = scope.farEnd === 'namespace' ? `${far}.id = ch.${ns}` : 'FALSE';
      return `LEFT JOIN ends ${end} ON ${end}.id = ch.${column}${isOpen(end)}
      LEFT JOIN namespace ${far} ON ${isTold}`;
    })
    .join('\n      ');
}

/** The columns of both ends behind `endJoins`: of a far end its namespace, or nothing. */
export const endColumns = sides
  .map(
    ({ side, end, far }) => `coalesce(${end}.cluster, ${far}.cluster, '') AS ${side}_cluster,
  coalesce(${end}.kind, CASE WHEN ${far}.id IS NULL THEN '${outsideCode}' ELSE '0' END) AS ${side}_kind,
  CASE WHEN ${end}.id IS NULL THEN ${far}.name ELSE ${end}.ns END AS ${side}_ns,
  coalesce(${end}.name, '') AS ${side}_name, ${end}.own_from IS NOT NULL AS ${side}_own`,
  )
  .join(',\n  ');

/** Their names, of the rows `alias`. */
export function endNames(alias: string): string {
  return sides
    .flatMap(({ side }) => ['cluster', 'kind', 'ns', 'name', 'own'].map((name) => `${alias}.${side}_${name}`))
    .join(', ');
}

/**
 * Every channel with its ends as they are seen from `from_at` until `to_at`: more than once where a namespace
 * came into scope in between. `condition` is on `endColumns`.
 */
export function seenChannelsSql(scope: Scope, params: Parameters, condition: string): string {
  const instants = [...new Set(scope.namespacesSince.map(({ sinceMs }) => sinceMs))].toSorted(
    (a, b) => a - b,
  );
  const bounds = ["'-infinity'", ...instants.map((at) => params.add(new Date(at))), "'infinity'"];
  const stretches = bounds.slice(1).map((to, index) => `(${bounds[index]}::timestamptz, ${to}::timestamptz)`);
  return `SELECT * FROM (
    SELECT ch.id, ch.protocol, ch.port, stretch.from_at, stretch.to_at,
    ${endColumns}
    FROM channel ch CROSS JOIN (VALUES ${stretches.join(', ')}) AS stretch (from_at, to_at)
    ${endJoins(scope, 'stretch.from_at')}
  ) AS seen WHERE ${condition}`;
}

/** Holds where the end of a row of `seenChannelsSql` is one of those that this node stands for. */
export function isEnd(side: 'source' | 'target', end: DrawnEnd, params: Parameters): string {
  const { add } = params;
  const { cluster, kind, namespace, name, served, group } = end;
  if (kind === 'outside-scope') return isEndOf(side, kind);
  const inCluster = `${side}_cluster = ${add(cluster)}`;
  const isRunning = `${inCluster} AND ${side}_kind IN ('0', '1', '2')`;
  switch (kind) {
    case 'cluster':
      return `(${isRunning} OR ${inCluster} AND ${isEndOf(side, 'host')})`;
    case 'layer':
      return `(${isRunning} AND ${side}_ns LIKE ANY(${add((end.layer?.namespaces ?? []).map(likePattern))}::text[]))`;
    case 'service-group':
      return `(${inCluster} AND ${side}_ns = ${add(namespace)}
        AND (${isEndOf(side, 'workload')} AND ${side}_name = ANY(${add([...(group?.workloads ?? [])])}::text[])
          OR ${isEndOf(side, 'service')} AND ${side}_name = ANY(${add([...(group?.services ?? [])])}::text[])))`;
    case 'namespace':
      return `(${isRunning} AND ${side}_ns = ${add(namespace)})`;
    default:
      return `(${inCluster} AND ${isEndOf(side, kind)} AND ${side}_ns IS NOT DISTINCT FROM ${add(namespace)}::text
        AND ${side}_name = ${add(name)} AND ${served ? isServed(side, served, params) : 'TRUE'})`;
  }
}

/** Only a server serves. */
function isServed(side: 'source' | 'target', { protocol, port }: ServedPort, { add }: Parameters): string {
  return side === 'source' ? 'FALSE' : `protocol = ${add(protocol)} AND port = ${add(writePort(port))}`;
}

function likePattern(pattern: string): string {
  return pattern.replace(/[\\%_]/g, '\\$&').replaceAll('*', '%');
}

/** Holds where the end of a row with `endColumns` is of this kind. */
export function isEndOf(side: 'source' | 'target', kind: EndpointKind | 'outside-scope'): string {
  return `${side}_kind = '${kindCode(kind)}'`;
}

/** Holds for a row from the first end to the second. */
export function isBetween([from, to]: readonly [DrawnEnd, DrawnEnd], params: Parameters): string {
  return `${isEnd('source', from, params)} AND ${isEnd('target', to, params)}`;
}

/** The code of a kind in `endColumns`. */
export function kindCode(kind: End['kind']): string {
  if (kind === 'outside-scope') return outsideCode;
  return kind === 'namespace' || kind === 'cluster' ? '0' : String(codeOf('endpointKind', kind));
}

type Row = Readonly<Record<string, unknown>>;

/** Reads both ends of a row with `endColumns`, and which of them are in scope. */
export function readEnds(row: Row): {
  readonly source: End;
  readonly target: End;
  readonly inScope: { readonly source: boolean; readonly target: boolean };
} {
  return {
    source: readEnd(row, 'source'),
    target: readEnd(row, 'target'),
    inScope: { source: row.source_own === true, target: row.target_own === true },
  };
}

/** Reads the columns of an end under a prefix. */
export function readEnd(row: Row, side: 'source' | 'target'): End {
  const namespace = row[`${side}_ns`];
  return {
    cluster: String(row[`${side}_cluster`]),
    kind: readKind(String(row[`${side}_kind`])),
    namespace: typeof namespace === 'string' ? namespace : null,
    name: String(row[`${side}_name`]),
  };
}

function readKind(code: string): End['kind'] {
  if (code === outsideCode) return 'outside-scope';
  return code === '0' ? 'namespace' : wordOf('endpointKind', Number(code));
}
