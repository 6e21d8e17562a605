import type { Scope } from '#lib/access/scope.ts';
import { wordOf } from '#lib/db/codes.ts';
import type { Reader } from '#lib/db/reader.ts';
import type { SourceKind } from '#lib/flows/flow-record.ts';
import { parameters } from './parameters.ts';
import { clusterPredicate, seesClusters } from './scope-predicate.ts';

/** What a collector brought beyond the ceilings, so that it is kept as one. */
export type FoldedNames = {
  readonly cluster: string;
  readonly kind: SourceKind | null;
  readonly what: 'port' | 'namespace' | 'endpoint' | 'pod' | 'channel' | 'policy_trace' | 'label_set';
  readonly count: number;
};

type Row = {
  readonly cluster: string;
  readonly source_kind: number;
  readonly dimension: FoldedNames['what'];
  readonly folded: number;
};

/** Of the UTC day of an instant and all after it; names of a cluster belong to nobody's namespace, so that they are told of whole clusters. */
export async function foldedNames(
  reader: Reader,
  scope: Scope,
  sinceMs: number,
): Promise<readonly FoldedNames[]> {
  if (!seesClusters(scope)) return [];
  const params = parameters();
  const since = params.add(new Date(sinceMs));
  const rows = await reader.ask<Row>(scope, {
    name: 'folded-names',
    text: `
      SELECT cluster, source_kind, dimension, sum(folded)::float8 AS folded FROM dimension_growth
      WHERE day >= (${since}::timestamptz AT TIME ZONE 'UTC')::date AND folded > 0 AND ${clusterPredicate(scope, params)}
      GROUP BY 1, 2, 3 ORDER BY 1, 2, 4 DESC, 3`,
    values: params.values,
  });
  return rows.map(({ cluster, source_kind, dimension, folded }) => ({
    cluster,
    kind: source_kind === 0 ? null : wordOf('sourceKind', source_kind),
    what: dimension,
    count: folded,
  }));
}
